import { LinkButton } from '../shell/link-button.tsx';
import { useStartTexts } from './start-texts.ts';

export function AccountStep() {
  const t = useStartTexts();
  return (
    <section className="cw-panel cw-stack">
      <p className="cw-soft">{t('account.says')}</p>
      <div>
        <LinkButton to="/account" variant="default">
          {t('account.factor')}
        </LinkButton>
      </div>
    </section>
  );
}
