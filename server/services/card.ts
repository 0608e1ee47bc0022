import type { Context } from '../context.ts';
import type { App } from '../http/app-type.ts';
import { showCardsRoute } from '../http/routes/card/show-cards.ts';

export async function cardService(app: App, context: Context): Promise<void> {
  showCardsRoute(app, context);
}
