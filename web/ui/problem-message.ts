import { ApiProblem } from './request-json.ts';
import { useUiTexts } from './ui-texts.ts';

/** What to tell a person about a failed call, by its stable code. */
export function useProblemMessage(): (problem: unknown) => string {
  const t = useUiTexts();
  return (problem) => {
    if (!(problem instanceof ApiProblem)) return t('problem.internal');
    const key = `problem.${problem.code}` as const;
    const message = t(key) ?? t('problem.internal');
    return problem.retryAfterS ? `${message} ${t('ui.retryAfter', { seconds: problem.retryAfterS })}` : message;
  };
}
