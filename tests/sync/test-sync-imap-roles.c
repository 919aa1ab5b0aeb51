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

/* Of Outlook, Apple, Thunderbird and the providers; a language a place */
static const struct
{
  MailRole role;
  const char *names;
} spoken[] = {
  { MAIL_ROLE_DRAFTS,
    "Drafts|Entwürfe|Brouillons|Borradores|Rascunhos|Bozze|Concepten|Szkice|Черновики|Rozepsané|Utkast|Kladder|"
    "Luonnokset|Piszkozatok|Taslaklar|Πρόχειρα|下書き|草稿|임시보관함|Чернетки|Ciorne" },
  { MAIL_ROLE_SENT,
    "Sent Items|Gesendete Objekte|Éléments envoyés|Elementos enviados|Itens enviados|Posta inviata|Verzonden items|"
    "Elementy wysłane|Отправленные|Odeslaná pošta|Skickat|Sendt post|Sendte elementer|Lähetetyt|Elküldött elemek|"
    "Gönderilmiş Öğeler|Απεσταλμένα|送信済みアイテム|已发送邮件|寄件備份|보낸 편지함|Надіслані|Elemente trimise|Sent Messages" },
  { MAIL_ROLE_JUNK,
    "Junk Email|Junk-E-Mail|Courrier indésirable|Correo no deseado|Lixo eletrônico|Posta indesiderata|"
    "Ongewenste e-mail|Wiadomości-śmieci|Спам|Nevyžádaná pošta|Skräppost|Uønsket e-mail|Søppelpost|Roskaposti|"
    "Levélszemét|Önemsiz E-posta|Ανεπιθύμητα|迷惑メール|垃圾邮件|垃圾郵件|정크 메일|Небажана пошта|Mesaje nedorite|Bulk Mail" },
  { MAIL_ROLE_TRASH,
    "Deleted Messages|Gelöschte Elemente|Éléments supprimés|Elementos eliminados|Itens excluídos|Posta eliminata|"
    "Verwijderde items|Elementy usunięte|Удаленные|Odstraněná pošta|Borttaget|Slettet post|Slettede elementer|"
    "Poistetut|Törölt elemek|Silinmiş Öğeler|Διαγραμμένα|削除済みアイテム|已删除邮件|刪除的郵件|지운 편지함|Видалені|Elemente șterse|"
    "Corbeille" },
  { MAIL_ROLE_ARCHIVE,
    "Archives|Archiv|Archivo|Arquivo|Archivio|Archief|Archiwum|Архив|Arkiv|Arkisto|Archívum|Arşiv|Αρχείο|アーカイブ|归档|"
    "封存|보관|Архів|Arhivă" },
};

static void
test_languages (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (spoken); i++)
    {
      g_auto (GStrv) names = g_strsplit (spoken[i].names, "|", -1);

      for (char **name = names; *name; name++)
        {
          g_test_message ("%s", *name);
          g_assert_cmpint (sync_imap_roles_guess (*name), ==, spoken[i].role);
        }
    }
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
  g_test_add_func ("/sync/imap-roles/known-by-each-name-that-programs-give-them", test_languages);
  g_test_add_func ("/sync/imap-roles/decomposed-letters-are-the-same", test_decomposed);
  g_test_add_func ("/sync/imap-roles/below-the-inbox-counts", test_below_inbox);
  g_test_add_func ("/sync/imap-roles/deeper-is-somebodys-own", test_deeper);
  g_test_add_func ("/sync/imap-roles/others-have-none", test_others);
  g_test_add_func ("/sync/imap-roles/made-ones-are-known-again", test_made_ones_are_known);
  return g_test_run ();
}
