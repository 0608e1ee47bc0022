import { useEffect, useState } from 'react';
import { ApiProblem } from './request-json.ts';

/** Seconds until the shop takes another try after it said "too many"; 0 when it may be sent now. */
export function useWait(problem: unknown): number {
  const [leftS, setLeftS] = useState(0);
  useEffect(() => {
    const waitS = problem instanceof ApiProblem ? (problem.retryAfterS ?? 0) : 0;
    const until = Date.now() + waitS * 1000;
    setLeftS(waitS);
    if (waitS === 0) return;
    const timer = setInterval(() => {
      const left = Math.max(0, Math.ceil((until - Date.now()) / 1000));
      setLeftS(left);
      if (left === 0) clearInterval(timer);
    }, 500);
    return () => clearInterval(timer);
  }, [problem]);
  return leftS;
}
