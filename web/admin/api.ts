/** What these pages ask of the administration API, one typed function a call. */
import type {
  AdminIdentityReply,
  ChangePasswordBody,
  CreatedToken,
  CreateTokenBody,
  LogInBody,
  SessionReply,
  SessionUser,
  SetupBody,
  SetupState,
  TokenList,
} from '../../contract/account.ts';
import type { ShopInfo } from '../../contract/shop.ts';
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

async function begin(session: Promise<SessionReply>): Promise<SessionUser> {
  const reply = await session;
  csrfToken = reply.csrfToken;
  return reply.user;
}

export const getShop = () => requestJson<ShopInfo>('/api/v1/shop');

export const checkSetupLink = (token: string) => call<SetupState>('/setup', { headers: { 'x-setup-token': token } });
export const setUpOwner = (body: SetupBody) => begin(call('/setup', { method: 'POST', body }));
export const logIn = (body: LogInBody) => begin(call('/login', { method: 'POST', body }));
export const logOut = () => call<void>('/logout', { method: 'POST' });

/** The owner whose session the browser holds. */
export async function whoAmI(): Promise<SessionUser | null> {
  const reply = await call<AdminIdentityReply>('/me');
  csrfToken = reply.csrfToken;
  return reply.user;
}

export const changePassword = (body: ChangePasswordBody) => call<void>('/password', { method: 'POST', body });

export const listTokens = () => call<TokenList>('/tokens');
export const createToken = (body: CreateTokenBody) => call<CreatedToken>('/tokens', { method: 'POST', body });
export const revokeToken = (id: number) => call<void>(`/tokens/${id}`, { method: 'DELETE' });
