/** Changing the channel key while processes run that have read the old file, on both databases. */
import assert from 'node:assert/strict';
import { readFileSync, utimesSync } from 'node:fs';
import { suite, test } from 'node:test';
import { channelKeys } from '../../server/context.ts';
import { readChannel } from '../../server/payment/channel-store.ts';
import { openingDeps } from '../../server/payment/channels/registry.ts';
import { createChannel } from '../../server/payment/create-channel.ts';
import { unsealSettings } from '../../server/payment/open-channel.ts';
import { rotateChannelKey } from '../../server/reconcile/channel-key/rotate-channel-key.ts';
import { secondFactorPurpose } from '../../server/reconcile/channel-key/sealed-places.ts';
import { firstOwner } from '../kit/desk-people.ts';
import { dialects } from '../kit/shop-database.ts';
import { startShop } from '../kit/shop-server.ts';

const settings = { instructions: 'pay to 6222', currencies: 'CNY', waitMinutes: 5 };

for (const dialect of dialects)
  suite(`rotating the channel key on ${dialect}`, () => {
    test('everything opens before, during and after; the old key goes when nothing needs it', async () => {
      const shop = await startShop(dialect, { CARDWELL_SAMPLE_DATA: 'off' });
      const { context } = shop;
      try {
        const { database, clock, nudges, config } = context;
        const path = config.channelKeyFile;
        const lines = () => readFileSync(path, 'utf8').trim().split('\n');
        const age = () => utimesSync(path, 1, 1);
        // A process that runs on with what it has read.
        const running = channelKeys(config);
        const deps = { database, clock, nudges, keyring: running, opening: openingDeps(context) };
        const save = async (code: string) => {
          const made = await createChannel(deps, { code, kind: 'manual', settings, actor: 'test' });
          assert.equal(made.kind, 'created', JSON.stringify(made));
        };
        const opened = async (code: string, keyring = running) =>
          unsealSettings((await readChannel(database.read, code)) ?? assert.fail(), keyring).instructions;
        await save('before');
        const owner = await firstOwner(shop);
        const sealed = running.boxFor(secondFactorPurpose).seal(`user:${owner.id}`, 'secret');
        const keep = { totp_secret: sealed };
        await database.transact('test', (tx) => tx.updateTable('users').set(keep).where('id', '=', owner.id).execute());

        age();
        const rotate = (addKey: boolean, retire = false) =>
          rotateChannelKey({ database, clock, path, strict: false }, { addKey, retire });
        const first = await rotate(true);
        assert.deepEqual([first.values, first.resealed, first.unreadable], [2, 2, []]);
        assert.equal(first.kept.length, 1);
        assert.equal(await opened('before'), settings.instructions, 'the running process reads the file again');
        await save('after');
        const row = await readChannel(database.read, 'after');
        assert.equal(Buffer.from(row?.sealed ?? []).readUInt32BE(1), first.activeKeyId, 'it seals with the new key');

        const soon = await rotate(false, true);
        assert.deepEqual([soon.resealed, soon.retired, lines().length], [0, [], 2], 'the file has just been changed');
        age();
        const late = await rotate(false, true);
        assert.deepEqual([late.retired.length, lines().length], [1, 1]);
        const fresh = channelKeys(config);
        for (const code of ['before', 'after']) assert.equal(await opened(code, fresh), settings.instructions);
        const user = await database.read.selectFrom('users').select('totp_secret').executeTakeFirstOrThrow();
        const box = fresh.boxFor(secondFactorPurpose);
        assert.equal(box.unseal(`user:${owner.id}`, user.totp_secret ?? assert.fail()), 'secret');

        // What no key opens is named, and the key it may need is not taken away.
        await database.transact('test', (tx) =>
          tx
            .updateTable('channels')
            .set({ config: Buffer.alloc(60, 1) })
            .where('code', '=', 'after')
            .execute(),
        );
        assert.deepEqual((await rotate(true)).unreadable, ['channel after']);
      } finally {
        await shop.close();
      }
    });
  });
