import { DegradeReply, TurnDegradeBody } from '../../../../contract/degrade.ts';
import type { Context } from '../../../context.ts';
import { turnByHand } from '../../../degrade/turn-by-hand.ts';
import { actorOf } from '../../actor.ts';
import type { App } from '../../app-type.ts';

const tags = ['admin: shop'];
const path = '/api/admin/v1/degrade';

export function showDegradeRoute(app: App, context: Context): void {
  const schema = {
    operationId: 'adminShowDegrade',
    tags,
    summary: 'Degrade mode of the process that answers',
    response: { 200: DegradeReply },
  };
  app.get(path, { config: { action: 'degrade.read' }, schema }, async () => replyOf(context));
}

export function turnDegradeRoute(app: App, context: Context): void {
  const schema = {
    operationId: 'adminTurnDegrade',
    tags,
    summary: 'Turns degrade mode on or off by hand; without a database: cardwell degrade on',
    body: TurnDegradeBody,
    response: { 200: DegradeReply },
  };
  app.put(path, { config: { action: 'degrade.turn' }, schema }, async (request) => {
    const { dataDir } = context.config;
    await turnByHand({ ...context, dataDir }, { ...request.body, ...actorOf(request) });
    await context.degrade.look();
    return replyOf(context);
  });
}

function replyOf({ degrade }: Context): DegradeReply {
  const status = degrade.status();
  return { ...status, hand: status.hand ?? null };
}
