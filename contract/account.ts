/** Who signs in: the people of the shop (under /api/admin/v1) and buyers who want an account (under /api/v1/account). */
import { type Static, Type } from 'typebox';
import { EpochMs, OrderId, RowId } from './common.ts';
import { loginLength, loginPattern, maxPasswordLength, minPasswordLength } from './credentials.ts';

/** A name or mail address; compared without regard to case. */
export const Login = Type.String({
  minLength: loginLength.min,
  maxLength: loginLength.max,
  pattern: loginPattern,
});
export const Password = Type.String({ minLength: 1, maxLength: maxPasswordLength });
export const NewPassword = Type.String({
  minLength: minPasswordLength,
  maxLength: maxPasswordLength,
  description: `At least ${minPasswordLength} characters, hard to guess`,
});
export const DisplayName = Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' });

export const SessionUser = Type.Object({ id: RowId, login: Type.String(), displayName: Type.String() });
export type SessionUser = Static<typeof SessionUser>;
export const SessionReply = Type.Object({
  user: SessionUser,
  csrfToken: Type.String({ description: 'Send it as X-CSRF-Token with everything that changes something' }),
});
export type SessionReply = Static<typeof SessionReply>;

export const LogInBody = Type.Object({ login: Login, password: Password }, { additionalProperties: false });
export type LogInBody = Static<typeof LogInBody>;
/** At the desk, where a person may have a second factor. */
export const DeskLogInBody = Type.Object(
  {
    login: Login,
    password: Password,
    code: Type.Optional(
      Type.String({ minLength: 6, maxLength: 40, description: 'From the app, or one of the recovery codes' }),
    ),
  },
  { additionalProperties: false },
);
export type DeskLogInBody = Static<typeof DeskLogInBody>;
export const RegisterBody = Type.Object(
  { login: Login, password: NewPassword, displayName: Type.Optional(DisplayName) },
  { additionalProperties: false },
);
export type RegisterBody = Static<typeof RegisterBody>;
export const ChangePasswordBody = Type.Object(
  { current: Password, next: NewPassword },
  { additionalProperties: false },
);
export type ChangePasswordBody = Static<typeof ChangePasswordBody>;

export const ChangeNameBody = Type.Object({ displayName: DisplayName }, { additionalProperties: false });
export type ChangeNameBody = Static<typeof ChangeNameBody>;

export const SetupState = Type.Object({
  ownerExists: Type.Boolean(),
  linkValid: Type.Boolean({ description: 'Whether the X-Setup-Token sent along still opens the set-up' }),
});
export type SetupState = Static<typeof SetupState>;
export const SetupBody = Type.Object(
  {
    token: Type.String({ minLength: 1, maxLength: 100, description: 'From the one-time link' }),
    login: Login,
    password: NewPassword,
    displayName: Type.Optional(DisplayName),
  },
  { additionalProperties: false },
);
export type SetupBody = Static<typeof SetupBody>;

/** Who the caller is to the administration API: a person in a browser, or a program with a token. */
export const AdminIdentityReply = Type.Object({
  actor: Type.String(),
  scopes: Type.Array(Type.String()),
  user: Type.Union([SessionUser, Type.Null()]),
  csrfToken: Type.Union([Type.String(), Type.Null()]),
  role: Type.Union([Type.String(), Type.Null()], { description: 'null for a token' }),
  actions: Type.Array(Type.String(), { description: 'What the caller may do: see contract/permissions.ts' }),
});
export type AdminIdentityReply = Static<typeof AdminIdentityReply>;

export const Scope = Type.Union([Type.Literal('*'), Type.Literal('read'), Type.Literal('write')], {
  description: 'read: what GET shows; write: what changes something; *: everything',
});
export type Scope = Static<typeof Scope>;
export const CreateTokenBody = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }),
    scopes: Type.Optional(Type.Array(Scope, { minItems: 1, maxItems: 3, uniqueItems: true })),
    expiresAt: Type.Optional(EpochMs),
  },
  { additionalProperties: false },
);
export type CreateTokenBody = Static<typeof CreateTokenBody>;
export const TokenView = Type.Object({
  id: RowId,
  name: Type.String(),
  scopes: Type.Array(Scope),
  createdBy: Type.String(),
  createdAt: EpochMs,
  lastUsedAt: Type.Union([EpochMs, Type.Null()]),
  expiresAt: Type.Union([EpochMs, Type.Null()]),
  revokedAt: Type.Union([EpochMs, Type.Null()]),
});
export type TokenView = Static<typeof TokenView>;
export const TokenList = Type.Object({ tokens: Type.Array(TokenView) });
export type TokenList = Static<typeof TokenList>;
export const CreatedToken = Type.Object({
  id: RowId,
  name: Type.String(),
  token: Type.String({ description: 'Shown this once; the shop keeps only its hash' }),
});
export type CreatedToken = Static<typeof CreatedToken>;

export const MyOrdersQuery = Type.Object({
  before: Type.Optional(OrderId),
  limit: Type.Integer({ minimum: 1, maximum: 50, default: 20 }),
});
