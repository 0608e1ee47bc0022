/** Every simulated network: one folder, one line. */
import type { GatewayDefinition } from './gateway.ts';

export const gateways: readonly GatewayDefinition[] = [];
