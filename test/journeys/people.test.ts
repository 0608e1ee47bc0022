/** Who comes in at the desk and how: invitations, roles that change, the last owner, the second factor, sessions. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { totpCode, totpStep } from '../../server/account/totp.ts';
import { type DeskPerson, deskPassword, firstOwner, newPerson, signedIn } from '../kit/desk-people.ts';
import { dialects } from '../kit/shop-database.ts';
import { client, type Reply, type ShopServer, startShop } from '../kit/shop-server.ts';

const prefix = '/api/admin/v1';
const cookieOf = (reply: Reply) => (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? '';

/** Of an app that was given this secret; `later` half minutes from now. */
function codeOf(secret: string, later = 0): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
  return totpCode(bytes, totpStep(Date.now()) + later);
}

for (const dialect of dialects) {
  suite(`people at the desk on ${dialect}`, () => {
    let shop: ShopServer;
    let owner: DeskPerson;
    let anyone: ReturnType<typeof client>;
    before(async () => {
      shop = await startShop(dialect, { CARDWELL_SAMPLE_DATA: 'off' });
      anyone = client(shop.address);
      owner = await firstOwner(shop);
    });
    after(() => shop.close());

    const logIn = (login: string, more: object = {}) =>
      anyone('POST', `${prefix}/login`, { login, password: deskPassword, ...more });
    const lastEntry = async () => (await owner.call('GET', `${prefix}/audit-log?limit=1`)).body.entries[0];
    const versionOf = async (id: number): Promise<number> =>
      (await owner.call('GET', `${prefix}/staff`)).body.staff.find((one: { id: number }) => one.id === id).version;
    const change = async (by: DeskPerson, { id }: { id: number }, changes: object) =>
      by.call('PATCH', `${prefix}/staff/${id}`, { version: await versionOf(id), ...changes });

    test('who is invited sets a password by a link that is good once, and signs in with the role given', async () => {
      const invited = await owner.call('POST', `${prefix}/staff`, { login: 'Mia', role: 'manager' });
      assert.equal(invited.status, 201);
      assert.deepEqual([invited.body.person.status, invited.body.person.login], ['invited', 'mia']);
      assert.equal((await logIn('mia')).body.code, 'wrong_credentials');
      const [, token] = invited.body.link.split('#');
      const state = async () =>
        (await anyone('GET', `${prefix}/password-link`, undefined, { 'x-setup-token': token })).body;
      assert.deepEqual(await state(), { valid: true, login: 'mia' });
      const weak = await anyone('POST', `${prefix}/password-link`, { token, password: 'password12' });
      assert.equal(weak.body.code, 'invalid_request');
      const both = await Promise.all(
        ['one of two wins', 'two of two wins'].map((password) =>
          anyone('POST', `${prefix}/password-link`, { token, password }),
        ),
      );
      assert.deepEqual(both.map(({ status }) => status).sort(), [204, 410]);
      assert.deepEqual(await state(), { valid: false, login: null });
      const password = both[0]?.status === 204 ? 'one of two wins' : 'two of two wins';
      const entered = await logIn('mia', { password });
      assert.equal(entered.status, 200);
      const me = (await anyone('GET', `${prefix}/me`, undefined, { cookie: cookieOf(entered) })).body;
      assert.deepEqual([me.role, me.actor], ['manager', 'manager:mia']);
      assert.equal((await owner.call('POST', `${prefix}/staff`, { login: 'MIA', role: 'auditor' })).status, 409);
      const kept = JSON.stringify(await shop.context.database.read.selectFrom('audit_log').selectAll().execute());
      assert.ok(!kept.includes(token), 'the log does not hold the link');
    });

    test('a changed role or a disabled person is signed out; tokens of an owner who is none any more end', async () => {
      const kim = await newPerson(shop, owner, 'owner', 'kim');
      const { token } = (await kim.call('POST', `${prefix}/tokens`, { name: 'kims' })).body;
      const withToken = { authorization: `Bearer ${token}` };
      assert.equal((await change(owner, kim, { role: 'support', reason: 'moved on' })).status, 200);
      const entry = await lastEntry();
      assert.deepEqual(
        [entry.action, entry.before, entry.after, entry.reason],
        ['staff.change', { role: 'owner' }, { role: 'support', tokensRevoked: 1 }, 'moved on'],
      );
      assert.equal((await kim.call('GET', `${prefix}/me`)).status, 401);
      assert.equal((await anyone('GET', `${prefix}/me`, undefined, withToken)).status, 401);
      const again = await signedIn(shop, kim);
      assert.equal((await again.call('GET', `${prefix}/staff`)).status, 403);
      assert.equal((await change(owner, kim, { status: 'disabled' })).status, 200);
      assert.equal((await again.call('GET', `${prefix}/me`)).status, 401);
      assert.equal((await logIn('kim')).body.code, 'wrong_credentials');
      assert.equal(
        (await owner.call('POST', `${prefix}/staff/${kim.id}/password-link`, {})).body.code,
        'person_disabled',
      );
      assert.equal((await change(owner, kim, { status: 'active' })).status, 200);
      assert.equal((await logIn('kim')).status, 200);
      const stale = await owner.call('PATCH', `${prefix}/staff/${kim.id}`, { version: 1, role: 'owner' });
      assert.equal(stale.body.code, 'edit_conflict');
      assert.equal((await change(owner, { id: kim.id }, {})).status, 200);
    });

    test('the last owner stays, and of two owners who disable each other at once one wins', async () => {
      for (const changes of [{ status: 'disabled' }, { role: 'manager' }]) {
        const refused = await change(owner, owner, changes);
        assert.deepEqual([refused.status, refused.body.code], [409, 'last_owner']);
      }
      assert.equal((await owner.call('GET', `${prefix}/me`)).status, 200);
      for (let round = 0; round < 4; round++) {
        const [a, b] = [
          await newPerson(shop, owner, 'owner', `a${round}`),
          await newPerson(shop, owner, 'owner', `b${round}`),
        ];
        const versions = [await versionOf(a.id), await versionOf(b.id)];
        const replies = await Promise.all([
          a.call('PATCH', `${prefix}/staff/${b.id}`, { version: versions[1], status: 'disabled' }),
          b.call('PATCH', `${prefix}/staff/${a.id}`, { version: versions[0], status: 'disabled' }),
        ]);
        const statuses = replies.map(({ status }) => status).sort();
        assert.equal(statuses[0], 200);
        // Told as somebody who may not, or as somebody who is signed out: by how far the other was.
        assert.ok([401, 403].includes(statuses[1] ?? 0), String(statuses));
        const { staff } = (await owner.call('GET', `${prefix}/staff`)).body;
        const left = staff.filter(
          (one: { id: number; status: string }) => [a.id, b.id].includes(one.id) && one.status === 'active',
        );
        assert.equal(left.length, 1);
        await change(owner, left[0], { status: 'disabled' });
      }
      // Without a third: two last owners at once must leave one.
      const other = await newPerson(shop, owner, 'owner', 'other');
      const versions = [await versionOf(owner.id), await versionOf(other.id)];
      const last = await Promise.all([
        owner.call('PATCH', `${prefix}/staff/${owner.id}`, { version: versions[0], role: 'manager' }),
        other.call('PATCH', `${prefix}/staff/${other.id}`, { version: versions[1], role: 'manager' }),
      ]);
      assert.deepEqual(last.map(({ status }) => status).sort(), [200, 409]);
      if (last[0]?.status === 200) {
        assert.equal((await change2(other, owner.id)).status, 200);
        owner = await signedIn(shop, owner);
      }
    });
    const change2 = async (by: DeskPerson, id: number) => {
      const { staff } = (await by.call('GET', `${prefix}/staff`)).body;
      const { version } = staff.find((one: { id: number }) => one.id === id);
      return by.call('PATCH', `${prefix}/staff/${id}`, { version, role: 'owner' });
    };

    test('a second factor: enrolled, confirmed, asked for, each code good once', async () => {
      const lee = await newPerson(shop, owner, 'support', 'lee');
      const factor = (path: string, body: object) => lee.call('POST', `${prefix}/second-factor${path}`, body);
      assert.equal((await factor('', { password: 'not it at all' })).body.code, 'wrong_credentials');
      const begun = (await factor('', { password: deskPassword })).body;
      assert.match(begun.uri, new RegExp(`^otpauth://totp/.*lee\\?secret=${begun.secret}&issuer=`));
      assert.equal((await logIn('lee')).status, 200, 'not asked for before it is confirmed');
      const wrong = codeOf(begun.secret, 20);
      assert.equal((await factor('/confirm', { code: wrong })).body.code, 'wrong_code');
      const used = codeOf(begun.secret);
      const { recoveryCodes } = (await factor('/confirm', { code: used })).body;
      assert.equal(new Set(recoveryCodes).size, 10);
      assert.deepEqual((await lee.call('GET', `${prefix}/second-factor`)).body, { on: true, recoveryCodesLeft: 10 });
      assert.equal((await factor('', { password: deskPassword })).body.code, 'second_factor_conflict');
      const needed = await logIn('lee');
      assert.deepEqual([needed.status, needed.body.code, cookieOf(needed)], [401, 'second_factor_needed', '']);
      const replayed = await logIn('lee', { code: used });
      assert.equal(replayed.body.code, 'wrong_code', 'the code that turned it on is spent');
      const next = codeOf(begun.secret, 1);
      const twice = await Promise.all([logIn('lee', { code: next }), logIn('lee', { code: next })]);
      assert.deepEqual(twice.map(({ status }) => status).sort(), [200, 401]);
      const [first = ''] = recoveryCodes;
      const typed = ` ${first.toLowerCase().replaceAll('-', ' ')}`;
      assert.equal((await logIn('lee', { code: typed })).status, 200);
      assert.equal((await logIn('lee', { code: first })).body.code, 'wrong_code');
      const stored = JSON.stringify([
        await shop.context.database.read.selectFrom('users').selectAll().execute(),
        await shop.context.database.read.selectFrom('recovery_codes').selectAll().execute(),
        await shop.context.database.read.selectFrom('audit_log').selectAll().execute(),
      ]);
      for (const secret of [begun.secret, ...recoveryCodes]) assert.ok(!stored.includes(secret));
      // The tries with the right password and no code count like any other.
      const tries = [];
      for (let i = 0; i < 6; i++) tries.push((await logIn('lee', { code: i % 2 ? '000000' : undefined })).status);
      assert.equal(tries.at(-1), 429);
      const reset = { reason: 'phone fell into the river' };
      assert.equal((await owner.call('POST', `${prefix}/staff/${lee.id}/second-factor/reset`, reset)).status, 204);
      const entry = await lastEntry();
      assert.deepEqual(
        [entry.action, entry.reason, entry.before, entry.after],
        ['staff.reset-second-factor', reset.reason, { secondFactor: true }, { secondFactor: false }],
      );
      assert.equal((await lee.call('GET', `${prefix}/me`)).status, 401);
      const back = await signedIn(shop, lee);
      assert.deepEqual((await back.call('GET', `${prefix}/second-factor`)).body, { on: false, recoveryCodesLeft: 0 });
    });

    test('a link for a forgotten password does not go round the second factor', async () => {
      const ray = await newPerson(shop, owner, 'auditor', 'ray');
      const begun = (await ray.call('POST', `${prefix}/second-factor`, { password: deskPassword })).body;
      await ray.call('POST', `${prefix}/second-factor/confirm`, { code: codeOf(begun.secret) });
      const { link } = (await owner.call('POST', `${prefix}/staff/${ray.id}/password-link`, {})).body;
      const body = { token: link.split('#')[1], password: 'quite another one' };
      const set = await anyone('POST', `${prefix}/password-link`, body);
      assert.deepEqual([set.status, cookieOf(set)], [204, '']);
      assert.equal((await ray.call('GET', `${prefix}/me`)).status, 401);
      assert.equal((await logIn('ray', { password: body.password })).body.code, 'second_factor_needed');
    });

    test('each sees and ends their own sessions, an owner anybody’s', async () => {
      const jo = await newPerson(shop, owner, 'support', 'jo');
      const elsewhere = await signedIn(shop, jo);
      const { sessions } = (await jo.call('GET', `${prefix}/sessions`)).body;
      assert.deepEqual(sessions.map((one: { current: boolean }) => one.current).sort(), [false, true]);
      const of = (who: DeskPerson) => who.session.tokenHash;
      assert.equal((await jo.call('DELETE', `${prefix}/sessions/${of(owner)}`)).body.code, 'session_not_found');
      assert.equal((await owner.call('GET', `${prefix}/me`)).status, 200);
      assert.equal((await jo.call('DELETE', `${prefix}/sessions/${of(elsewhere)}`)).status, 204);
      assert.equal((await elsewhere.call('GET', `${prefix}/me`)).status, 401);
      const seen = (await owner.call('GET', `${prefix}/staff/${jo.id}/sessions`)).body.sessions;
      assert.equal(seen.length, 1);
      assert.equal((await owner.call('DELETE', `${prefix}/staff/${jo.id}/sessions/${seen[0].id}`)).status, 204);
      assert.equal((await jo.call('GET', `${prefix}/me`)).status, 401);
      assert.equal((await lastEntry()).action, 'session.end');
    });
  });
}
