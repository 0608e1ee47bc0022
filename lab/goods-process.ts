/** The shop is opened in a process of its own, which takes its memory along when it ends. */
import { type GoodsOptions, openShop, reconnectChannels } from './goods.ts';

const { reconnect, ...options } = JSON.parse(process.env.LAB_GOODS ?? '{}') as GoodsOptions & { reconnect?: boolean };
if (reconnect) await reconnectChannels(options);
else process.stdout.write(`${JSON.stringify(await openShop(options))}\n`);
