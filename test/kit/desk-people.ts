/** People at the desk of a shop in this process, each with a browser session of their own. */
import type { StaffRole } from '../../contract/permissions.ts';
import { invitePerson } from '../../server/account/invite-person.ts';
import { newSession, storeSession } from '../../server/account/session.ts';
import { readSession, type SessionRow } from '../../server/account/session-store.ts';
import { setPasswordByLink } from '../../server/account/set-password-by-link.ts';
import { insertUser } from '../../server/account/user-store.ts';
import { sha256 } from '../../server/platform/ids.ts';
import { client, type ShopServer } from './shop-server.ts';

export const deskPassword = 'seven grey herons';

export interface DeskPerson {
  id: number;
  login: string;
  session: SessionRow;
  cookie: string;
  csrf: string;
  /** With cookie and CSRF token, as the page calls. */
  call: ReturnType<typeof client>;
}

/** The first owner, out of nothing: set-up links have tests of their own. */
export async function firstOwner(shop: ShopServer, login = 'first'): Promise<DeskPerson> {
  const { database, clock } = shop.context;
  const fields = { kind: 'owner', login, passwordHash: '', displayName: login, role: 'owner' } as const;
  const id = await database.transact('test.owner', (tx) => insertUser(tx, fields, clock.now()));
  return signedIn(shop, { id, login });
}

/** Invited by `by`, with a password set. */
export async function newPerson(shop: ShopServer, by: DeskPerson, role: StaffRole, login: string): Promise<DeskPerson> {
  const outcome = await invitePerson(shop.context, { login, role, session: by.session, requestId: `invite-${login}` });
  if (outcome.kind !== 'invited') throw new Error(outcome.kind);
  const set = await setPasswordByLink(shop.context, { token: outcome.token, password: deskPassword });
  if (set.kind !== 'set') throw new Error(set.kind);
  return signedIn(shop, outcome.person);
}

export async function signedIn(
  { context, address }: ShopServer,
  { id, login }: { id: number; login: string },
): Promise<DeskPerson> {
  const { database, clock } = context;
  const made = newSession('owner');
  await database.transact('test.session', (tx) => storeSession(tx, made, id, clock.now()));
  const session = await readSession(database.read, sha256(made.token));
  if (!session) throw new Error(`${login} cannot sign in`);
  const cookie = `cardwell_owner=${made.token}`;
  const call = client(address, { cookie, 'x-csrf-token': made.csrfToken });
  return { id, login, session, cookie, csrf: made.csrfToken, call };
}
