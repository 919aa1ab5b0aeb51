/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders with a task, by their names. */
#include "sync-imap-roles.h"

static void
test_known_names (void)
{
  g_assert_cmpint (sync_imap_roles_guess ("Papierkorb"), ==, MAIL_ROLE_TRASH);
  g_assert_cmpint (sync_imap_roles_guess ("Éléments envoyés"), ==, MAIL_ROLE_SENT);
  g_assert_cmpint (sync_imap_roles_guess ("ЧЕРНОВИКИ"), ==, MAIL_ROLE_DRAFTS);
  g_assert_cmpint (sync_imap_roles_guess ("迷惑メール"), ==, MAIL_ROLE_JUNK);
  g_assert_cmpint (sync_imap_roles_guess ("Arkiv"), ==, MAIL_ROLE_ARCHIVE);
}

static void
test_decomposed (void)
{
  g_assert_cmpint (sync_imap_roles_guess ("Entwu\xcc\x88rfe"), ==, MAIL_ROLE_DRAFTS);
}

static void
test_below_inbox (void)
{
  g_assert_cmpint (sync_imap_roles_guess ("INBOX/Sent"), ==, MAIL_ROLE_SENT);
}

static void
test_deeper (void)
{
  g_assert_cmpint (sync_imap_roles_guess ("Projects/Archive"), ==, MAIL_ROLE_NONE);
  g_assert_cmpint (sync_imap_roles_guess ("INBOX/Work/Sent"), ==, MAIL_ROLE_NONE);
}

static void
test_others (void)
{
  g_assert_cmpint (sync_imap_roles_guess ("INBOX"), ==, MAIL_ROLE_NONE);
  g_assert_cmpint (sync_imap_roles_guess ("Sentimental"), ==, MAIL_ROLE_NONE);
  g_assert_cmpint (sync_imap_roles_guess (""), ==, MAIL_ROLE_NONE);
}

static void
test_made_ones_are_known (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sync_imap_roles_needed); i++)
    g_assert_cmpint (sync_imap_roles_guess (sync_imap_roles_get_name (sync_imap_roles_needed[i])), ==, sync_imap_roles_needed[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/imap-roles/known-in-many-languages", test_known_names);
  g_test_add_func ("/sync/imap-roles/decomposed-letters-are-the-same", test_decomposed);
  g_test_add_func ("/sync/imap-roles/below-the-inbox-counts", test_below_inbox);
  g_test_add_func ("/sync/imap-roles/deeper-is-somebodys-own", test_deeper);
  g_test_add_func ("/sync/imap-roles/others-have-none", test_others);
  g_test_add_func ("/sync/imap-roles/made-ones-are-known-again", test_made_ones_are_known);
  return g_test_run ();
}
