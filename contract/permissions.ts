/**
 * Who may do what at the desk. Every route of the administration names one action; a person may do what their role is
 * listed for, an API token what its scopes cover. Pages hide what the reply of /me does not allow.
 */

export const staffRoles = [
  'owner', // everything, and who else may
  'manager', // goods, cards, orders and money; not people, tokens, or the keys of payment channels
  'support', // answers buyers: sees orders, delivers and cancels; moves no money
  'auditor', // sees everything, changes nothing
] as const;
export type StaffRole = (typeof staffRoles)[number];

/** What a token needs: one of the scopes, `*` for a token with all rights only, or null where only a person may. */
export type TokenNeed = 'read' | 'write' | '*' | null;

interface Permission {
  roles: readonly StaffRole[];
  token: TokenNeed;
}

const everybody = staffRoles;
const owner = ['owner'] as const;
const shopkeepers = ['owner', 'manager'] as const;
const counter = ['owner', 'manager', 'support'] as const;
const overseers = ['owner', 'manager', 'auditor'] as const;
const bookkeepers = ['owner', 'auditor'] as const;

export const permissions = {
  // one's own: who am I, sign out, password, second factor, sessions
  'self.read': { roles: everybody, token: 'read' },
  'self.change': { roles: everybody, token: 'write' },
  // the figures of the first page: what the shop earns is not for the counter
  'overview.read': { roles: overseers, token: 'read' },
  // goods
  'catalogue.read': { roles: everybody, token: 'read' },
  'catalogue.change': { roles: shopkeepers, token: 'write' },
  'coupons.read': { roles: everybody, token: 'read' },
  'coupons.change': { roles: shopkeepers, token: 'write' },
  'pictures.add': { roles: shopkeepers, token: 'write' },
  'cards.read': { roles: everybody, token: 'read' },
  // A search by card number sends the number in its body, so a token needs `write` for it.
  'cards.find': { roles: everybody, token: 'write' },
  'cards.import': { roles: shopkeepers, token: 'write' },
  'cards.change': { roles: shopkeepers, token: 'write' },
  // Cards in clear, out of the shop: a person, who has just proved who they are.
  'cards.export': { roles: owner, token: null },
  'cards.show': { roles: shopkeepers, token: null },
  'cards.purge': { roles: owner, token: '*' },
  'cards.deliver': { roles: counter, token: 'write' },
  // trade
  'orders.read': { roles: everybody, token: 'read' },
  // Contacts of all buyers in one file.
  'orders.export': { roles: overseers, token: 'read' },
  'orders.cancel': { roles: counter, token: 'write' },
  'orders.complete': { roles: shopkeepers, token: 'write' },
  'orders.replace': { roles: shopkeepers, token: 'write' },
  'orders.resend': { roles: counter, token: 'write' },
  'orders.refund': { roles: shopkeepers, token: 'write' },
  'payments.read': { roles: everybody, token: 'read' },
  // The messages of channels as they came: they name the payer's account.
  'payments.evidence': { roles: overseers, token: 'read' },
  'payments.query': { roles: counter, token: 'write' },
  'refunds.ask': { roles: shopkeepers, token: 'write' },
  'revenue.read': { roles: overseers, token: 'read' },
  'payments.confirm': { roles: shopkeepers, token: 'write' },
  'review.read': { roles: everybody, token: 'read' },
  'review.resolve': { roles: shopkeepers, token: 'write' },
  'channels.read': { roles: overseers, token: 'read' },
  'channels.test': { roles: shopkeepers, token: 'write' },
  'channels.block': { roles: shopkeepers, token: 'write' },
  // Whose account the money goes to.
  'channels.change': { roles: owner, token: 'write' },
  'reconciliations.read': { roles: overseers, token: 'read' },
  'reconciliations.run': { roles: shopkeepers, token: 'write' },
  // Addresses and keys of other people's servers, and what leaves the shop.
  'notices.read': { roles: overseers, token: 'read' },
  'notices.send': { roles: shopkeepers, token: 'write' },
  'notices.change': { roles: owner, token: 'write' },
  // the shop
  'settings.read': { roles: everybody, token: 'read' },
  'settings.change': { roles: shopkeepers, token: 'write' },
  'degrade.read': { roles: everybody, token: 'read' },
  'degrade.turn': { roles: shopkeepers, token: 'write' },
  'audit.read': { roles: overseers, token: 'read' },
  'audit.verify': { roles: overseers, token: 'write' },
  // the machine room
  'system.read': { roles: overseers, token: 'read' },
  'system.run': { roles: shopkeepers, token: 'write' },
  'backups.read': { roles: overseers, token: 'read' },
  'backups.change': { roles: owner, token: null },
  // The whole shop in one file.
  'backups.download': { roles: owner, token: null },
  // who else may
  'tokens.read': { roles: bookkeepers, token: 'read' },
  // Tokens beget tokens only with all rights: otherwise one that may only write could make one that may also read.
  'tokens.change': { roles: owner, token: '*' },
  'staff.read': { roles: bookkeepers, token: '*' },
  'staff.change': { roles: owner, token: null },
} as const satisfies Record<string, Permission>;
export type Action = keyof typeof permissions;

export const actions = Object.keys(permissions) as Action[];

const permissionOf = (action: Action): Permission => permissions[action];

export function roleMay(role: StaffRole, action: Action): boolean {
  return permissionOf(action).roles.includes(role);
}

export function tokenMay(scopes: readonly string[], action: Action): boolean {
  const need = permissionOf(action).token;
  return need !== null && (scopes.includes('*') || scopes.includes(need));
}

/** Unknown words, as an older or a newer program may have written, give no rights. */
export function isStaffRole(word: unknown): word is StaffRole {
  return (staffRoles as readonly unknown[]).includes(word);
}
