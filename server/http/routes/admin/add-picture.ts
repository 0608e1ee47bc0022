import { Problem } from '../../../../contract/common.ts';
import { maxPictureBytes, PictureReply, pictureTypes } from '../../../../contract/pictures.ts';
import { type AddPictureOutcome, addPicture } from '../../../catalog/add-picture.ts';
import { createPictureEncoder } from '../../../catalog/encode-picture.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { actorOf } from '../../plugins/admin-auth.ts';
import { ProblemError } from '../../problem.ts';

export async function addPictureRoute(app: App, context: Context): Promise<void> {
  const encode = createPictureEncoder();
  await app.register(async (scope: App) => {
    scope.removeAllContentTypeParsers();
    // What it really is, its first bytes tell; no name comes along that could lead anywhere.
    const parser = { parseAs: 'buffer', bodyLimit: maxPictureBytes } as const;
    scope.addContentTypeParser([...pictureTypes], parser, (_request, body, done) => done(null, body));
    scope.post(
      '/api/admin/v1/pictures',
      {
        config: { action: 'pictures.add' },
        bodyLimit: maxPictureBytes,
        schema: {
          tags: ['admin: catalogue'],
          operationId: 'adminAddPicture',
          summary: 'Takes a picture in, as the body; what nothing shows a day later is removed',
          consumes: [...pictureTypes],
          response: { 201: PictureReply, 409: Problem, 413: Problem, 415: Problem, 422: Problem, 503: Problem },
        },
      },
      async (request, reply) => {
        const bytes = request.body;
        if (!(bytes instanceof Uint8Array)) throw new ProblemError('picture_rejected', says['unknown-type']);
        const outcome = await addPicture({ ...context, encode }, { bytes, ...actorOf(request) });
        if (outcome.kind !== 'added') throw refusal(outcome.kind);
        return reply.code(201).send({ picture: outcome.picture });
      },
    );
  });
}

type Refused = Exclude<AddPictureOutcome['kind'], 'added'>;

const says = {
  'unknown-type': 'Only PNG, JPEG, WebP, GIF and AVIF are taken.',
  unreadable: 'The file is damaged.',
  'too-large': 'The picture has more than 40 million pixels, or is wider or higher than 16,000.',
} as const;

function refusal(kind: Refused): ProblemError {
  if (kind === 'too-many') return new ProblemError('too_many_pictures');
  if (kind === 'busy') return new ProblemError('overloaded');
  return new ProblemError('picture_rejected', says[kind]);
}
