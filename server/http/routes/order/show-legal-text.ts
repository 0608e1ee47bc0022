import { Type } from 'typebox';
import { LegalParams, ShownLegalText } from '../../../../contract/appearance.ts';
import { Language, Problem } from '../../../../contract/common.ts';
import { cached } from '../../../catalog/catalogue-cache.ts';
import { readLegalText, shownLegalText } from '../../../catalog/legal-texts.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { ProblemError } from '../../problem.ts';

export function showLegalTextRoute(app: App, { catalogueCache, catalogueReads }: Context): void {
  app.get(
    '/api/v1/legal/:kind',
    {
      schema: {
        tags: ['catalogue'],
        operationId: 'showLegalText',
        summary: 'What the shop’s buyers agree to',
        params: LegalParams,
        querystring: Type.Object({ lang: Type.Optional(Language) }),
        response: { 200: ShownLegalText, 404: Problem },
      },
    },
    async ({ params: { kind }, query }) => {
      const text = await cached(catalogueCache, `legal ${kind}`, () => readLegalText(catalogueReads.db(), kind));
      const shown = shownLegalText(text, query.lang);
      if (!shown) throw new ProblemError('not_found');
      return shown;
    },
  );
}
