/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contacts read from files of every kind, changed, and written again. */
#include "mail-card.h"

#include <string.h>

static GPtrArray *
parse (const char *text)
{
  return mail_card_parse_list (text, strlen (text));
}

static char *
write_card (const MailCard *card, guint version)
{
  GString *out = g_string_new (NULL);

  mail_card_write (card, out, version);
  return g_string_free (out, FALSE);
}

static void
assert_name (const MailCard *card, const char *expected)
{
  g_autofree char *name = mail_card_dup_name (card);

  g_assert_cmpstr (name, ==, expected);
}

static void
assert_emails (const MailCard *card, const char *expected)
{
  g_auto (GStrv) emails = mail_card_dup_emails (card);
  g_autofree char *joined = g_strjoinv (" ", emails);

  g_assert_cmpstr (joined, ==, expected);
}

static void
test_versions (void)
{
  g_autoptr (GPtrArray) cards = parse ("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ana Ruiz\r\nEMAIL;PREF=2:home@example.org\r\n"
                                       "EMAIL;PREF=1:ana@example.org\r\nEND:VCARD\r\n"
                                       "begin:vcard\nversion:3.0\nN:Łódź;Jan;;Dr.;\nitem1.EMAIL;TYPE=INTERNET,pref:jan@example.org\nend:vcard\n");

  g_assert_cmpuint (cards->len, ==, 2);
  assert_name (cards->pdata[0], "Ana Ruiz");
  assert_emails (cards->pdata[0], "ana@example.org home@example.org");
  assert_name (cards->pdata[1], "Dr. Jan Łódź");
  assert_emails (cards->pdata[1], "jan@example.org");
}

static void
test_outlook_express (void)
{
  g_autoptr (GPtrArray) cards = parse ("BEGIN:VCARD\r\nVERSION:2.1\r\nN;ENCODING=QUOTED-PRINTABLE;CHARSET=WINDOWS-1252:M=FCller;J=FCrgen\r\n"
                                       "NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0A=\r\ntwo\r\nEMAIL;PREF;INTERNET:jm@example.org\r\nEND:VCARD\r\n");
  g_autofree char *note = mail_card_dup_text (cards->pdata[0], "NOTE");

  assert_name (cards->pdata[0], "Jürgen Müller");
  g_assert_cmpstr (note, ==, "one\ntwo");
  assert_emails (cards->pdata[0], "jm@example.org");
}

static void
test_old_letters (void)
{
  g_autoptr (GPtrArray) cards = parse ("BEGIN:VCARD\nFN:J\xfcrgen\nEND:VCARD\n");

  assert_name (cards->pdata[0], "Jürgen");
}

static void
test_unfolding (void)
{
  g_autoptr (GPtrArray) cards = parse ("BEGIN:VCARD\r\nFN:A\r\n na\r\n  Ruiz\\, Dr.\r\nEND:VCARD");

  assert_name (cards->pdata[0], "Ana Ruiz, Dr.");
}

static void
test_everything_stays (void)
{
  g_autoptr (GPtrArray) cards = parse ("BEGIN:VCARD\r\nFN:Ana\r\nTEL;TYPE=work:+34 1\r\nX-OWN;A=\"b:c\":x\\;y\r\nPHOTO;ENCODING=b:AAAA\r\nEND:VCARD\r\n");
  const char *const phones[] = { "+34 2", "+34 1", NULL };
  g_autofree char *text = NULL;

  mail_card_set_texts (cards->pdata[0], "TEL", phones);
  text = write_card (cards->pdata[0], 4);
  g_assert_cmpstr (text, ==, "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ana\r\nX-OWN;A=\"b:c\":x\\;y\r\nPHOTO;ENCODING=b:AAAA\r\nTEL:+34 2\r\n"
                   "TEL;TYPE=work:+34 1\r\nEND:VCARD\r\n");
}

static void
test_long_lines_keep_letters_whole (void)
{
  g_autoptr (MailCard) card = mail_card_new ();
  g_autoptr (GString) name = g_string_new (NULL);
  g_autoptr (GPtrArray) again = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  for (int i = 0; i < 100; i++)
    g_string_append (name, "会é");
  mail_card_set_text (card, "FN", name->str);
  text = write_card (card, 3);
  lines = g_strsplit (text, "\r\n", -1);
  for (guint i = 0; lines[i]; i++)
    {
      g_assert_true (g_utf8_validate (lines[i], -1, NULL));
      g_assert_cmpuint (strlen (lines[i]), <=, 75);
    }
  again = parse (text);
  assert_name (again->pdata[0], name->str);
}

static void
test_groups (void)
{
  const char *const groups[] = { "Choir", "Work, old", NULL };
  g_autoptr (MailCard) card = mail_card_new ();
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_auto (GStrv) read = NULL;

  mail_card_set_text (card, "FN", "Ana");
  mail_card_set_groups (card, groups);
  text = write_card (card, 4);
  again = parse (text);
  read = mail_card_dup_groups (again->pdata[0]);
  g_assert_true (g_strv_equal ((const char *const *) read, groups));
}

static void
test_group_card (void)
{
  g_autoptr (GPtrArray) cards = parse ("BEGIN:VCARD\nKIND:group\nFN:Choir\nMEMBER:urn:uuid:1-2\nMEMBER:3\nUID:urn:uuid:9\nEND:VCARD\n");
  g_auto (GStrv) members = mail_card_dup_members (cards->pdata[0]);
  g_autofree char *uid = mail_card_dup_uid (cards->pdata[0]);

  g_assert_true (mail_card_is_group (cards->pdata[0]));
  g_assert_cmpstr (members[0], ==, "1-2");
  g_assert_cmpstr (members[1], ==, "3");
  g_assert_cmpstr (uid, ==, "9");
}

static void
test_junk_is_passed_over (void)
{
  g_autoptr (GPtrArray) none = parse ("hello\nFN:nobody\nEND:VCARD\nBEGIN:VCARD\nEND:VCARD\n");
  g_autoptr (GPtrArray) cut = parse ("BEGIN:VCARD\nFN:One\nBEGIN:VCARD\nFN:Two\nno colon\n:empty\nbad name:x\nEMAIL:not an address\n");

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (cut->len, ==, 2);
  assert_name (cut->pdata[1], "Two");
  assert_emails (cut->pdata[1], "");
}

/* Neither a long value nor a long run of lines that go on costs more than its bytes. */
static void
test_huge (void)
{
  g_autoptr (GString) text = g_string_new ("BEGIN:VCARD\nNOTE:");
  g_autoptr (GPtrArray) cards = NULL;
  gint64 start = g_get_monotonic_time ();
  g_autofree char *note = NULL;

  for (int i = 0; i < 1000000; i++)
    g_string_append (text, "\n abc");
  g_string_append (text, "\nFN:Ana\nEND:VCARD\n");
  cards = mail_card_parse_list (text->str, text->len);
  assert_name (cards->pdata[0], "Ana");
  note = mail_card_dup_text (cards->pdata[0], "NOTE");
  g_assert_null (note);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_USEC_PER_SEC);
}

static MailCard *
parse_one (const char *text)
{
  g_autoptr (GPtrArray) cards = mail_card_parse_list (text, strlen (text));

  g_assert_cmpuint (cards->len, ==, 1);
  return mail_card_copy (g_ptr_array_index (cards, 0));
}

static void
test_merged (void)
{
  g_autoptr (MailCard) own = parse_one ("BEGIN:VCARD\nVERSION:4.0\nUID:mine\nFN:Ana\nEMAIL:ana@example.org\nTEL:+34 91 123\nNOTE:mine\nEND:VCARD\n");
  g_autoptr (MailCard) other = parse_one ("BEGIN:VCARD\nVERSION:3.0\nUID:theirs\nFN:Ana Ruiz\nEMAIL:ANA@example.org\nEMAIL:ruiz@example.net\n"
                                          "TEL:+34-91123\nNOTE:theirs\nTITLE:Head\nEND:VCARD\n");
  g_autofree char *title = NULL;
  g_autofree char *note = NULL;
  g_autofree char *uid = NULL;
  g_auto (GStrv) emails = NULL;
  g_auto (GStrv) numbers = NULL;

  g_assert_true (mail_card_merge (own, other));
  g_assert_false (mail_card_merge (own, other));
  title = mail_card_dup_text (own, "TITLE");
  note = mail_card_dup_text (own, "NOTE");
  uid = mail_card_dup_uid (own);
  emails = mail_card_dup_emails (own);
  numbers = mail_card_dup_texts (own, "TEL");
  g_assert_cmpstr (title, ==, "Head");
  g_assert_cmpstr (note, ==, "mine");
  g_assert_cmpstr (uid, ==, "mine");
  g_assert_cmpuint (g_strv_length (emails), ==, 2);
  g_assert_cmpuint (g_strv_length (numbers), ==, 1);
}

/* How the versions write it; a type that is not true; an address; no picture at all */
static void
test_photo (void)
{
  static const struct { const char *line, *type; } lines[] = {
    { "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\n SkZJRg==", "image/jpeg" },
    { "PHOTO;JPEG;ENCODING=BASE64:\n iVBORw0KGgoAAAAN\n", "image/png" },
    { "PHOTO:data:image/gif;base64,R0lGODlhAQABAA==", "image/gif" },
    { "PHOTO:data:image/png\\;base64\\,/9j/4AAQSkZJRg==", "image/jpeg" },
    { "PHOTO;VALUE=uri:https://x.example/a.jpg", NULL },
    { "PHOTO:https://x.example/a.jpg", NULL },
    { "PHOTO;ENCODING=b;TYPE=JPEG:PHN2Zz48L3N2Zz4=", NULL },
    { "PHOTO;ENCODING=b;TYPE=JPEG:", NULL },
    { "PHOTO:data:image/png,abc", NULL },
    { "NOTE:none", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *text = g_strdup_printf ("BEGIN:VCARD\nVERSION:3.0\nFN:A\n%s\nEND:VCARD\n", lines[i].line);
      g_autoptr (GPtrArray) cards = parse (text);
      const char *type = "unset";
      g_autoptr (GBytes) photo = mail_card_dup_photo (cards->pdata[0], &type);

      g_assert_true ((photo != NULL) == (lines[i].type != NULL));
      if (photo)
        g_assert_cmpstr (type, ==, lines[i].type);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/card/both-versions-are-read", test_versions);
  g_test_add_func ("/mail/card/what-outlook-express-wrote-is-read", test_outlook_express);
  g_test_add_func ("/mail/card/old-letters-become-new-ones", test_old_letters);
  g_test_add_func ("/mail/card/folded-lines-are-one", test_unfolding);
  g_test_add_func ("/mail/card/what-is-not-known-stays", test_everything_stays);
  g_test_add_func ("/mail/card/folding-cuts-no-letter", test_long_lines_keep_letters_whole);
  g_test_add_func ("/mail/card/groups-come-back", test_groups);
  g_test_add_func ("/mail/card/a-card-may-be-a-group", test_group_card);
  g_test_add_func ("/mail/card/what-is-no-card-is-passed-over", test_junk_is_passed_over);
  g_test_add_func ("/mail/card/a-huge-one-takes-no-time", test_huge);
  g_test_add_func ("/mail/card/two-of-one-person/are-made-one", test_merged);
  g_test_add_func ("/mail/card/a-photo-is-what-its-bytes-say-and-no-address", test_photo);
  return g_test_run ();
}
