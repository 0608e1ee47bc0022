import { ImportQuery, ImportReport } from '../../../../contract/card.ts';
import { Problem } from '../../../../contract/common.ts';
import { type ImportOutcome, importCards } from '../../../card/import-cards.ts';
import type { Keyring } from '../../../card/keyring.ts';
import { readSkusForPricing } from '../../../catalog/catalog-store.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { actorOf } from '../../plugins/admin-auth.ts';
import { ProblemError } from '../../problem.ts';

/** Ten million cards of fifty characters. Never in memory: the body streams through. */
const maxBodyBytes = 512 * 1024 * 1024;

export async function importCardsRoute(app: App, context: Context, keyring: Keyring): Promise<void> {
  const findSku = async (id: number) => (await readSkusForPricing(context.database.read, [id])).get(id);
  await app.register(async (scope: App) => {
    scope.removeAllContentTypeParsers();
    const types = ['text/plain', 'text/csv', 'application/octet-stream'];
    scope.addContentTypeParser(types, (_request, payload, done) => done(null, payload));
    scope.post(
      '/api/admin/v1/cards/import',
      {
        config: { action: 'cards.import' },
        bodyLimit: maxBodyBytes,
        schema: {
          tags: ['admin: cards'],
          operationId: 'importCards',
          summary:
            'Cards as text, one a line; what is in already counts as duplicate, so a broken upload is sent again',
          consumes: types,
          querystring: ImportQuery,
          response: { 200: ImportReport, 413: Problem, 422: Problem },
        },
      },
      async (request) => {
        if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) throw new ProblemError('body_too_large');
        const { skuId, separator, source = 'upload' } = request.query;
        const body = limited(request.body as AsyncIterable<Uint8Array>, maxBodyBytes);
        const input = { skuId, sourceName: source, source: body, ...actorOf(request) };
        const outcome = await importCards(
          { ...context, keyring, findSku },
          separator === undefined ? input : { ...input, separator },
        );
        if (outcome.kind !== 'imported') throw refusal(outcome);
        return outcome.report;
      },
    );
  });
}

async function* limited(source: AsyncIterable<Uint8Array> | undefined, maxBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of source ?? []) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new ProblemError('body_too_large');
    yield chunk;
  }
}

function refusal(outcome: Exclude<ImportOutcome, { kind: 'imported' }>): ProblemError {
  switch (outcome.kind) {
    case 'sku-not-found':
      return new ProblemError('sku_not_found');
    case 'sku-not-cards':
      return new ProblemError('import_rejected', 'This variant is not delivered from a stock of cards.');
    case 'separator-invalid':
      return new ProblemError('import_rejected', 'The separator must have at most 20 characters and no line end.');
    case 'interrupted': {
      if (outcome.error instanceof ProblemError) return outcome.error;
      const { imported } = outcome.report;
      return new ProblemError('import_rejected', `The upload broke off; ${imported} cards are in. Send it again.`);
    }
  }
}
