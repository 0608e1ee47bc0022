import { Button } from '@mantine/core';
import { setLanguage, useLanguage } from './language.ts';
import { useUiTexts } from './ui-texts.ts';

export function LanguageSwitch() {
  const t = useUiTexts();
  const language = useLanguage();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-md"
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      onClick={() => void setLanguage(other)}
      c="inherit"
    >
      {t('ui.otherLanguage')}
    </Button>
  );
}
