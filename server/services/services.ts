/** A role and what it serves. One process may play any set of them (`cardwell serve [role...]`). */
import type { Role } from '../config.ts';
import type { Context } from '../context.ts';
import type { App } from '../http/app-type.ts';
import { accountService } from './account.ts';
import { adminService } from './admin.ts';
import { cardService } from './card.ts';
import { orderService } from './order.ts';
import { paymentService } from './payment.ts';
import { workerService } from './worker.ts';

export type Service = (app: App, context: Context) => Promise<void>;

export const services: Record<Role, Service> = {
  order: orderService,
  card: cardService,
  payment: paymentService,
  account: accountService,
  admin: adminService,
  worker: workerService,
};
