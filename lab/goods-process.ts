/**
 * The shop is opened in a process of its own, which takes its memory along when it ends. Before that it keeps the compiled code
 * of the roles for their start, which is a third of what that takes: they are killed one day, and would never write it.
 */
import { flushCompileCache } from 'node:module';
import { type GoodsOptions, openShop, reconnectChannels } from './goods.ts';

const { reconnect, ...options } = JSON.parse(process.env.LAB_GOODS ?? '{}') as GoodsOptions & { reconnect?: boolean };
if (reconnect) await reconnectChannels(options);
else {
  const goods = await openShop(options);
  await import('../bin/commands/registry.ts');
  flushCompileCache();
  process.stdout.write(`${JSON.stringify(goods)}\n`);
}
