/** What operators render their configuration from: right values give files that the programs accept, wrong ones a sentence. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { writeFiles } from '../../deploy/render.ts';
import { watchFiles, zoneFiles } from '../../deploy/render-site.ts';
import { renderTemplate, TemplateError } from '../../deploy/render-template.ts';
import { checkSite, SiteError } from '../../deploy/site.ts';
import { siteOf } from '../../lab/configuration.ts';
import { machineNames, newTopology, type Topology } from '../../lab/topology.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'cardwell-templates-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const addresses = Object.fromEntries(
  machineNames.map((name, i) => [name, `198.18.0.${11 + i}`]),
) as Topology['addresses'];
const topology = newTopology({ addresses, namespaces: true, virtualIp: '198.18.0.200' });
const site = siteOf(topology, '/run/cardwell');

test('a template takes values, lists and choices, and refuses what is unknown or would break out of its line', () => {
  const text = 'a {{one}}\n{{#each many}}\n- {{name}} of {{one}}\n{{/each}}\n{{#if no}}\nnever\n{{/if}}\nb';
  const values = { one: 1, many: [{ name: 'x' }, { name: 'y' }], no: false };
  assert.equal(renderTemplate(text, values), 'a 1\n- x of 1\n- y of 1\nb');
  for (const bad of [{ ...values, one: 'x\nserver evil' }, { many: [] }, { ...values, many: 'x' }])
    assert.throws(() => renderTemplate(text, bad), TemplateError);
  assert.throws(() => renderTemplate('{{#if a}}\n', { a: true }), TemplateError);
});

test('a site with a mistake is refused with the place of the mistake', () => {
  const [first, ...others] = site.zones;
  const wrong = (change: object, says: RegExp) =>
    assert.throws(
      () => checkSite({ ...site, ...change }),
      (error: Error) => error instanceof SiteError && says.test(error.message),
    );
  wrong({ virtualIp: 'shop.example' }, /virtualIp/);
  wrong({ zones: [{ ...first, name: 'a b' }, ...others] }, /zones\.0\.name/);
  wrong({ zones: [first, first] }, /same name/);
  wrong({ virtualIp: first?.app }, /address of a machine/);
  wrong({ roles: { ...site.roles, order: [{ zone: 'z', address: '10.0.0.1', port: 1 }] } }, /zone z/);
});

test('the programs themselves accept what is rendered', async () => {
  for (const { name } of site.zones) writeFiles(join(folder, name), zoneFiles(checkSite(site), name));
  writeFiles(join(folder, 'prometheus'), watchFiles(site));
  await run('/usr/sbin/haproxy', ['-c', '-f', join(folder, 'a/haproxy.cfg')]);
  await run('/usr/bin/promtool', ['check', 'config', join(folder, 'prometheus/prometheus.yml')]);
  // It goes on looking for the script and the interface, which are on another machine; its exit code counts those too.
  const check = ['--config-test', `--use-file=${join(folder, 'a/keepalived.conf')}`];
  const { stderr } = await run('/usr/sbin/keepalived', check).catch((error: { stderr: string }) => error);
  const faults = stderr.split('\n').filter((line) => line !== '' && !/check-proxy|script|eth0/.test(line));
  assert.deepEqual(faults, []);
});

test('in every zone the first node is preferred and the priorities differ', () => {
  const texts = site.zones.map(({ name }) => zoneFiles(site, name));
  const text = (i: number, file: string) => texts[i]?.find(({ name }) => name === file)?.text ?? '';
  const servers = site.zones.map((_, i) =>
    text(i, 'haproxy.cfg')
      .match(/^ {2}server db-.* check.*$/gm)
      ?.join('\n'),
  );
  assert.equal(new Set(servers).size, 1);
  assert.match(String(servers[0]), /db-a [\d.:]+ check *\n.*db-b .* backup\n.*db-c .* backup/);
  assert.deepEqual(
    site.zones.map((_, i) => /^ {2}priority (\d+)/m.exec(text(i, 'keepalived.conf'))?.[1]),
    ['200', '190', '180'],
  );
});
