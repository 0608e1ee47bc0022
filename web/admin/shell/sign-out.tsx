import { ActionIcon, Button } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ownerQuery, rememberOwner } from '../access/owner.ts';
import { useTexts } from '../admin-texts.ts';
import { logOut } from '../api.ts';
import classes from './shell.module.css';

/** Words where there is room, a sign on a phone. Leads to the sign-in by itself: nobody is signed in any more. */
export function SignOut() {
  const t = useTexts();
  const client = useQueryClient();
  const owner = useQuery({ ...ownerQuery, enabled: false }).data;
  const leaving = useMutation({ mutationFn: logOut, onSuccess: () => rememberOwner(client, null) });
  if (!owner) return null;
  const label = leaving.isError ? t('shell.signOutAgain') : t('shell.signOut');
  const shared = { loading: leaving.isPending, onClick: () => leaving.mutate() };
  return (
    <>
      <Button
        {...shared}
        className={classes.wide}
        variant="default"
        size="sm"
        ml={8}
        leftSection={<IconLogout size={16} aria-hidden />}
      >
        {label}
      </Button>
      <ActionIcon
        {...shared}
        className={classes.narrow}
        variant="subtle"
        color="gray"
        size="lg"
        c="inherit"
        aria-label={label}
      >
        <IconLogout size={20} aria-hidden />
      </ActionIcon>
    </>
  );
}
