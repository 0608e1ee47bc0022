import { publishLetterKey } from '../card/letter-key.ts';
import type { Context } from '../context.ts';
import type { App } from '../http/app-type.ts';
import { adminRoutes } from '../http/plugins/admin-auth.ts';
import { changeSkuRoute } from '../http/routes/card/change-sku.ts';
import { deliverLineRoute } from '../http/routes/card/deliver-line.ts';
import { exportCardsRoute } from '../http/routes/card/export-cards.ts';
import { findCardRoute } from '../http/routes/card/find-card.ts';
import { importCardsRoute } from '../http/routes/card/import-cards.ts';
import { listBatchesRoute } from '../http/routes/card/list-batches.ts';
import { listCardsRoute } from '../http/routes/card/list-cards.ts';
import { moveCardsRoutes } from '../http/routes/card/move-cards.ts';
import { purgeCardsRoute } from '../http/routes/card/purge-cards.ts';
import { replaceBatchRoute } from '../http/routes/card/replace-batch.ts';
import { setLoopCardRoute } from '../http/routes/card/set-loop-card.ts';
import { showCardsRoute } from '../http/routes/card/show-cards.ts';
import { showCardsToDeskRoute } from '../http/routes/card/show-cards-to-desk.ts';
import { adminShowFormRoute, showFormRoute } from '../http/routes/card/show-form.ts';
import { showStockRoute } from '../http/routes/card/show-stock.ts';
import { withdrawBatchRoute } from '../http/routes/card/withdraw-batch.ts';

export async function cardService(app: App, context: Context): Promise<void> {
  const { keyring } = context;
  if (!keyring) throw new Error('the card role needs the card key');
  app.addHook('onReady', async () => {
    await publishLetterKey({ ...context, keyring }).catch((error: unknown) =>
      context.log.warn({ err: error }, 'the letter key is not published yet'),
    );
  });
  showCardsRoute(app, context);
  showFormRoute(app, context, keyring);
  await adminRoutes(app, context, async (scope) => {
    await importCardsRoute(scope, context, keyring);
    listCardsRoute(scope, context);
    findCardRoute(scope, context, keyring);
    moveCardsRoutes(scope, context);
    changeSkuRoute(scope, context);
    exportCardsRoute(scope, context, keyring);
    purgeCardsRoute(scope, context);
    showCardsToDeskRoute(scope, context, keyring);
    listBatchesRoute(scope, context);
    withdrawBatchRoute(scope, context);
    replaceBatchRoute(scope, context);
    showStockRoute(scope, context);
    setLoopCardRoute(scope, context, keyring);
    deliverLineRoute(scope, context);
    adminShowFormRoute(scope, context, keyring);
  });
}
