/** What these pages ask of the administration API, one typed function a call. */
import type {
  AdminIdentityReply,
  ChangePasswordBody,
  CreatedToken,
  CreateTokenBody,
  DeskLogInBody,
  SessionReply,
  SessionUser,
  SetupBody,
  SetupState,
  TokenList,
} from '../../contract/account.ts';
import type { ShopInfo } from '../../contract/shop-info.ts';
import type { PasswordLinkState, UsePasswordLinkBody } from '../../contract/staff.ts';
import { type RequestOptions, requestJson } from '../ui/request-json.ts';

/** Proves that a change comes from this page. It travels with every call and is never stored. */
let csrfToken: string | null = null;

export const csrfHeader = (): Record<string, string> => (csrfToken ? { 'x-csrf-token': csrfToken } : {});

/** One call of the administration API; each area of the console has its own typed functions on top of it. */
export const call = <T>(path: string, options: RequestOptions = {}): Promise<T> =>
  requestJson<T>(`/api/admin/v1${path}`, {
    ...options,
    headers: { ...csrfHeader(), ...options.headers },
  });

/** Who is signed in, and what they may do. */
export interface Person extends SessionUser {
  role: string | null;
  actions: ReadonlySet<string>;
}

async function begin(session: Promise<SessionReply>): Promise<Person | null> {
  await session;
  return whoAmI();
}

export const getShop = () => requestJson<ShopInfo>('/api/v1/shop');

export const checkSetupLink = (token: string) => call<SetupState>('/setup', { headers: { 'x-setup-token': token } });
const linkHeader = (token: string) => ({ headers: { 'x-setup-token': token } });
export const checkPasswordLink = (token: string) => call<PasswordLinkState>('/password-link', linkHeader(token));
export const setPasswordByLink = (body: UsePasswordLinkBody) => call<void>('/password-link', { method: 'POST', body });
export const setUpOwner = (body: SetupBody) => begin(call('/setup', { method: 'POST', body }));
export const logIn = (body: DeskLogInBody) => begin(call('/login', { method: 'POST', body }));
export const logOut = () => call<void>('/logout', { method: 'POST' });

/** The person whose session the browser holds. */
export async function whoAmI(): Promise<Person | null> {
  const reply = await call<AdminIdentityReply>('/me');
  csrfToken = reply.csrfToken;
  return reply.user && { ...reply.user, role: reply.role, actions: new Set(reply.actions) };
}

export const changePassword = (body: ChangePasswordBody) => call<void>('/password', { method: 'POST', body });

export const listTokens = () => call<TokenList>('/tokens');
export const createToken = (body: CreateTokenBody) => call<CreatedToken>('/tokens', { method: 'POST', body });
export const revokeToken = (id: number) => call<void>(`/tokens/${id}`, { method: 'DELETE' });
