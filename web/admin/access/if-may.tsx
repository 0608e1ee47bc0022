import type { ReactNode } from 'react';
import type { Action } from '../../../contract/permissions.ts';
import { useMay } from './may.ts';

/** A button that only those see who may do what it does. */
export function IfMay({ action, children }: { action: Action; children: ReactNode }) {
  return useMay()(action) && children;
}
