import { LegalParams, LegalText, LegalTextList, UpdateLegalTextBody } from '../../../../contract/appearance.ts';
import { Problem } from '../../../../contract/common.ts';
import { readLegalTexts, updateLegalText } from '../../../catalog/legal-texts.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { editProblem } from '../../edit-problems.ts';
import { actorOf } from '../../plugins/admin-auth.ts';

export function legalTextRoutes(app: App, context: Context): void {
  app.get(
    '/api/admin/v1/legal-texts',
    {
      config: { action: 'settings.read' },
      schema: {
        tags: ['admin: shop'],
        operationId: 'adminListLegalTexts',
        summary: 'Terms, privacy and refunds, in both languages',
        response: { 200: LegalTextList },
      },
    },
    async () => ({ texts: await readLegalTexts(context.database.read) }),
  );
  app.put(
    '/api/admin/v1/legal-texts/:kind',
    {
      config: { action: 'settings.change' },
      schema: {
        tags: ['admin: shop'],
        operationId: 'adminUpdateLegalText',
        summary: 'Puts a text in the place of what is there; an empty one is not shown',
        params: LegalParams,
        body: UpdateLegalTextBody,
        response: { 200: LegalText, 409: Problem },
      },
    },
    async (request) => {
      const outcome = await updateLegalText(context, { ...request.body, ...request.params, ...actorOf(request) });
      if (outcome.kind !== 'changed') throw editProblem(outcome, 'not_found');
      return outcome.text;
    },
  );
}
