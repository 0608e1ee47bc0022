/** People at the desk, their second factor and their sessions, under /api/admin/v1. */
import { type Static, Type } from 'typebox';
import { DisplayName, Login, NewPassword, Password } from './account.ts';
import { EpochMs, RowId } from './common.ts';
import { type StaffRole, staffRoles } from './permissions.ts';

const literals = <T extends string>(values: readonly T[]) => Type.Unsafe<T>({ type: 'string', enum: [...values] });
const Role = literals<StaffRole>(staffRoles);

export const staffStatuses = [
  'invited', // has a link, and no password yet
  'active',
  'disabled', // cannot sign in; what they did stays in the audit log
] as const;
export type StaffStatus = (typeof staffStatuses)[number];

export const StaffView = Type.Object({
  id: RowId,
  login: Type.String(),
  displayName: Type.String(),
  role: Type.Union([Role, Type.Null()], { description: 'null: a role this program does not know; gives no rights' }),
  status: literals(staffStatuses),
  secondFactor: Type.Boolean(),
  createdAt: EpochMs,
  version: Type.Integer(),
});
export type StaffView = Static<typeof StaffView>;
export const StaffList = Type.Object({ staff: Type.Array(StaffView) });
export type StaffList = Static<typeof StaffList>;
export const StaffReply = Type.Object({ person: StaffView });
export type StaffReply = Static<typeof StaffReply>;

export const InviteBody = Type.Object(
  { login: Login, role: Role, displayName: Type.Optional(DisplayName) },
  { additionalProperties: false },
);
export type InviteBody = Static<typeof InviteBody>;
export const LinkReply = Type.Object({
  person: StaffView,
  link: Type.String({ description: 'Shown this once; good once' }),
  expiresAt: EpochMs,
});
export type LinkReply = Static<typeof LinkReply>;

const Reason = Type.String({ minLength: 2, maxLength: 300, pattern: '\\S' });
export const ChangePersonBody = Type.Object(
  {
    version: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
    role: Type.Optional(Role),
    status: Type.Optional(literals(['active', 'disabled'] as const)),
    displayName: Type.Optional(DisplayName),
    reason: Type.Optional(Reason),
  },
  { additionalProperties: false },
);
export type ChangePersonBody = Static<typeof ChangePersonBody>;
export const ResetSecondFactorBody = Type.Object({ reason: Reason }, { additionalProperties: false });

export const SessionId = Type.String({ pattern: '^[\\w-]{43}$' });
export const SessionView = Type.Object({
  id: SessionId,
  current: Type.Boolean(),
  createdAt: EpochMs,
  seenAt: EpochMs,
  expiresAt: EpochMs,
  address: Type.Union([Type.String(), Type.Null()]),
  device: Type.Union([Type.String(), Type.Null()]),
});
export type SessionView = Static<typeof SessionView>;
export const SessionList = Type.Object({ sessions: Type.Array(SessionView) });
export type SessionList = Static<typeof SessionList>;

export const PasswordLinkState = Type.Object({
  valid: Type.Boolean(),
  login: Type.Union([Type.String(), Type.Null()]),
});
export type PasswordLinkState = Static<typeof PasswordLinkState>;
export const UsePasswordLinkBody = Type.Object(
  { token: Type.String({ minLength: 1, maxLength: 100 }), password: NewPassword },
  { additionalProperties: false },
);
export type UsePasswordLinkBody = Static<typeof UsePasswordLinkBody>;

export const SecondFactorState = Type.Object({ on: Type.Boolean(), recoveryCodesLeft: Type.Integer() });
export type SecondFactorState = Static<typeof SecondFactorState>;
export const ProvePasswordBody = Type.Object({ password: Password }, { additionalProperties: false });
export type ProvePasswordBody = Static<typeof ProvePasswordBody>;
/** The password, or a code of the second factor. Both given, the code is looked at. */
export const ProveBody = Type.Object(
  { password: Type.Optional(Password), code: Type.Optional(Type.String({ minLength: 6, maxLength: 20 })) },
  { additionalProperties: false, minProperties: 1 },
);
export const ProveReply = Type.Object({ until: EpochMs });
export const EnrolReply = Type.Object({
  secret: Type.String({ description: 'Base32, for apps that cannot read the QR code' }),
  uri: Type.String({ description: 'What the QR code holds' }),
});
export type EnrolReply = Static<typeof EnrolReply>;
export const ConfirmSecondFactorBody = Type.Object(
  { code: Type.String({ minLength: 6, maxLength: 12 }) },
  { additionalProperties: false },
);
export const RecoveryCodesReply = Type.Object({
  recoveryCodes: Type.Array(Type.String(), { description: 'Shown this once; each good once' }),
});
export type RecoveryCodesReply = Static<typeof RecoveryCodesReply>;
