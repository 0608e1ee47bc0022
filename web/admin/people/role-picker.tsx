import { NativeSelect } from '@mantine/core';
import { type StaffRole, staffRoles } from '../../../contract/permissions.ts';
import { usePeopleTexts } from './people-texts.ts';

/** The roles, with what the chosen one may do. */
export function RolePicker({ value, onChange }: { value: StaffRole; onChange: (role: StaffRole) => void }) {
  const t = usePeopleTexts();
  return (
    <NativeSelect
      label={t('field.role')}
      description={t(`roleSays.${value}`)}
      inputWrapperOrder={['label', 'input', 'description']}
      value={value}
      data={staffRoles.map((role) => ({ value: role, label: t(`role.${role}`) }))}
      onChange={(event) => onChange(event.currentTarget.value as StaffRole)}
    />
  );
}
