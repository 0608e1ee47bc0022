/** The payment networks of the lab in one process: `node simulator-process.ts <address> <first port> <kind...>`. */
import { gateways } from '../gateways/registry.ts';
import { serveGateway } from '../gateways/serve-gateway.ts';

const [host = '127.0.0.1', firstPort = '0', ...kinds] = process.argv.slice(2);
/** Minutes between two callbacks become a second. */
const speedUp = 60;

for (const [i, kind] of kinds.entries()) {
  const definition = gateways.find((one) => one.kind === kind);
  if (!definition) throw new Error(`no network is called ${kind}`);
  await serveGateway(definition, { host, port: Number(firstPort) + i, speedUp });
}
process.stdout.write('the payment networks are open\n');
