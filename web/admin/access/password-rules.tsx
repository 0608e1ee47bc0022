import { IconCircleCheckFilled, IconCircleDashed, IconCircleX } from '@tabler/icons-react';
import { minPasswordLength, type PasswordFault } from '../../../contract/credentials.ts';
import { useTexts } from '../admin-texts.ts';
import classes from './password-rules.module.css';

interface Props {
  id: string;
  /** Undefined while nothing is typed. */
  broken: readonly PasswordFault[] | undefined;
  wasTried: boolean;
}

export function PasswordRules({ id, broken, wasTried }: Props) {
  const t = useTexts();
  const rules: readonly [PasswordFault, string][] = [
    ['too-short', t('access.ruleLength', { count: minPasswordLength })],
    ['too-simple', t('access.ruleSimple')],
    ['like-login', t('access.ruleLogin')],
  ];
  return (
    <ul id={id} className={classes.rules}>
      {rules.map(([fault, text]) => {
        const state = broken && !broken.includes(fault) ? 'met' : wasTried ? 'broken' : 'open';
        return (
          <li key={fault} data-state={state}>
            {state === 'met' && <IconCircleCheckFilled size={16} aria-hidden />}
            {state === 'broken' && <IconCircleX size={16} aria-hidden />}
            {state === 'open' && <IconCircleDashed size={16} aria-hidden />}
            <span>
              {text}
              <span className="cw-sr-only"> {state === 'met' ? t('access.ruleMet') : t('access.ruleOpen')}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
