import type { Context } from '../context.ts';
import type { App } from '../http/app-type.ts';

export async function workerService(_app: App, _context: Context): Promise<void> {}
