/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages that are written: what leaves, and that a draft comes back as it was. */
#include "mime-builder.h"

#include <string.h>

#include "base-error.h"
#include "mime-message.h"
#include "mime-summary.h"

#define NOW 1795323772 /* 2026-11-22 05:02:52 UTC */

static MimeDraft *
new_draft (const char *text)
{
  MimeDraft *draft = mime_draft_new ();

  draft->from = mail_address_new ("Ana Ruiz", "ana@example.org");
  g_ptr_array_add (draft->to, mail_address_new ("Bo", "bo@example.net"));
  g_free (draft->subject);
  g_free (draft->text);
  draft->subject = g_strdup ("Lunch");
  draft->text = g_strdup (text);
  return draft;
}

static char *
build (MimeDraft *draft, MimeBuildPurpose purpose)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = mime_builder_build (draft, purpose, NOW, 60, &error);

  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
plain_ascii_stays_readable (void)
{
  g_autoptr (MimeDraft) draft = new_draft ("Shall we?\n\nAna");
  g_autofree char *message = build (draft, MIME_BUILD_FOR_SENDING);
  const char *id = strstr (message, "Message-ID: <");

  g_assert_true (g_str_has_prefix (message, "Date: Sun, 22 Nov 2026 06:02:52 +0100\r\nFrom: Ana Ruiz <ana@example.org>\r\n"
                                            "To: Bo <bo@example.net>\r\nSubject: Lunch\r\nMessage-ID: <"));
  g_assert_nonnull (id);
  g_assert_true (g_str_has_prefix (id + 13 + 32, "@example.org>\r\n"));
  g_assert_true (g_str_has_suffix (message, "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii; format=flowed\r\n"
                                            "Content-Transfer-Encoding: 7bit\r\n\r\nShall we?\r\n\r\nAna\r\n"));
}

static void
message_ids_differ (void)
{
  g_autoptr (MimeDraft) draft = new_draft ("x");
  g_autofree char *one = build (draft, MIME_BUILD_FOR_SENDING);
  g_autofree char *two = build (draft, MIME_BUILD_FOR_SENDING);

  g_assert_cmpstr (one, !=, two);
}

static void
no_program_or_host_is_named (void)
{
  g_autoptr (MimeDraft) draft = new_draft ("x");
  g_autofree char *message = build (draft, MIME_BUILD_FOR_SENDING);

  g_assert_null (strstr (message, "User-Agent"));
  g_assert_null (strstr (message, "X-Mailer"));
  if (strlen (g_get_host_name ()) > 4) /* a short one may stand in the random letters */
    g_assert_null (strstr (message, g_get_host_name ()));
  g_assert_null (strcasestr (message, "posthorn"));
}

static void
check_refused (MimeDraft *draft)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (mime_builder_build (draft, MIME_BUILD_FOR_SENDING, NOW, 0, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_INVALID);
}

static void
without_sender_is_refused (void)
{
  g_autoptr (MimeDraft) draft = new_draft ("x");

  g_clear_pointer (&draft->from, mail_address_free);
  check_refused (draft);
}

static void
without_recipient_is_refused (void)
{
  g_autoptr (MimeDraft) draft = new_draft ("x");

  g_ptr_array_set_size (draft->to, 0);
  check_refused (draft);
}

static void
impossible_address_is_refused (void)
{
  g_autoptr (MimeDraft) draft = new_draft ("x");

  g_ptr_array_add (draft->cc, mail_address_new (NULL, "nobody"));
  check_refused (draft);
}

static void
line_ends_in_headers_add_no_header (void)
{
  g_autoptr (MimeDraft) draft = new_draft ("x");
  g_autofree char *message = NULL;

  g_free (draft->subject);
  draft->subject = g_strdup ("Hi\r\nBcc: eve@example.com\r\n\r\nbody");
  g_ptr_array_add (draft->to, mail_address_new ("Eve\nX-Evil: 1", "eve@example.com"));
  message = build (draft, MIME_BUILD_FOR_SENDING);
  g_assert_null (strstr (message, "\nBcc:"));
  g_assert_null (strstr (message, "\nX-Evil:"));
}

static void
domains_become_a_labels (void)
{
  g_autoptr (MimeDraft) draft = new_draft ("x");
  g_autofree char *message = NULL;

  g_ptr_array_add (draft->cc, mail_address_new ("Zoë", "zoe@bücher.example"));
  message = build (draft, MIME_BUILD_FOR_SENDING);
  g_assert_nonnull (strstr (message, "Cc: =?UTF-8?Q?Zo=C3=AB?= <zoe@xn--bcher-kva.example>\r\n"));
}

static void
local_parts_stay_utf8 (void)
{
  g_autoptr (MimeDraft) draft = new_draft ("x");
  g_autofree char *message = NULL;

  g_ptr_array_add (draft->cc, mail_address_new (NULL, "zoë@bücher.example"));
  message = build (draft, MIME_BUILD_FOR_SENDING);
  g_assert_nonnull (strstr (message, "Cc: zoë@bücher.example\r\n"));
}

static void
files_come_out_byte_for_byte (void)
{
  static const char data[] = "\0\1\2From \r\n.\n\xff\xfe bytes";
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, sizeof data);
  g_autoptr (MimeDraft) draft = new_draft ("see file");
  g_autofree char *message = NULL;
  g_autoptr (GBytes) source = NULL;
  g_autoptr (MimeMessage) parsed = NULL;
  g_autoptr (MimeAttachment) attachment = NULL;
  g_autoptr (GBytes) back = NULL;

  mime_draft_add_file (draft, "Größe \"x\" und ein sehr langer Name, der nicht in eine Zeile passt.txt", "text/plain", bytes);
  message = build (draft, MIME_BUILD_FOR_SENDING);
  source = g_bytes_new (message, strlen (message));
  parsed = mime_message_new (source);
  g_assert_cmpuint (g_list_model_get_n_items (mime_message_get_attachments (parsed)), ==, 1);
  attachment = g_list_model_get_item (mime_message_get_attachments (parsed), 0);
  back = mime_attachment_dup_data (attachment);
  g_assert_cmpstr (mime_attachment_get_name (attachment), ==, "Größe _x_ und ein sehr langer Name, der nicht in eine Zeile passt.txt");
  g_assert_cmpstr (mime_attachment_get_content_type (attachment), ==, "text/plain");
  g_assert_cmpmem (g_bytes_get_data (back, NULL), g_bytes_get_size (back), data, sizeof data);
}

static char *
random_text (GRand *rand, const char *const *pieces, gsize n_pieces, int max)
{
  GString *out = g_string_new (NULL);

  for (int n = g_rand_int_range (rand, 0, max); n > 0; n--)
    g_string_append (out, pieces[g_rand_int_range (rand, 0, n_pieces)]);
  return g_string_free (out, FALSE);
}

static void
add_random_addresses (GRand *rand, GPtrArray *list)
{
  static const char *const names[] = { "", "Ana", "Ruiz, Ana", "Zoë \"Z\" Ångström", "Юлия Петровна Длиннофамильная-Нескончаемая", "a (b) <c>",
                                       "山田太郎", "=?not?q?a word?=", "back\\slash", "x y  z", "O'Neil" };
  static const char *const addresses[] = { "ana@example.org", "bo.li@example.net", "zoë@bücher.example", "\"odd local\"@example.org", "nobody",
                                           "a+b@example.org", "averyveryveryverylonglocalpartindeedx@a-very-very-long-domain-name.example" };

  for (int n = g_rand_int_range (rand, 0, 5); n > 0; n--)
    {
      const char *address = addresses[g_rand_int_range (rand, 0, G_N_ELEMENTS (addresses))];
      const char *name = names[g_rand_int_range (rand, 0, G_N_ELEMENTS (names))];

      g_ptr_array_add (list, mail_address_new (mail_address_is_valid (address) ? name : NULL, address));
    }
}

static MimeDraft *
random_draft (GRand *rand)
{
  static const char *const pieces[] = { "word", " ", "  ", "\n", "\n\n", ">", "> ", "-- \n", "From ", ".", "\n.\n", "naïve", "長い", "=", "=?utf-8?q?x?=",
                                        "\t", "begin 644 x\n#0V%T\n`\nend\n", "trailing \n", "😀", "averylongwordaverylongwordaverylongword" };
  static const char *const subjects[] = { "word", " ", "  ", "naïve", "長い", "=?utf-8?q?x?=", "Re:", "😀", "\"", "averylongwordaverylongword" };
  MimeDraft *draft = mime_draft_new ();
  g_autofree char *subject = random_text (rand, subjects, G_N_ELEMENTS (subjects), 40);

  if (g_rand_boolean (rand))
    draft->from = mail_address_new ("Ana", "ana@example.org");
  add_random_addresses (rand, draft->to);
  add_random_addresses (rand, draft->cc);
  add_random_addresses (rand, draft->bcc);
  g_free (draft->subject);
  g_free (draft->text);
  draft->subject = g_strdup (g_strstrip (subject));
  draft->text = random_text (rand, pieces, G_N_ELEMENTS (pieces), 200);
  if (g_rand_boolean (rand))
    {
      draft->in_reply_to = g_strdup ("2@example.org");
      g_strfreev (draft->references);
      draft->references = g_strsplit ("1@example.org 2@example.org", " ", -1);
    }
  for (int n = g_rand_int_range (rand, 0, 3); n > 0; n--)
    {
      g_autofree char *data = random_text (rand, pieces, G_N_ELEMENTS (pieces), 300);
      g_autoptr (GBytes) bytes = g_bytes_new (data, strlen (data));

      mime_draft_add_file (draft, n == 1 ? "naïve 長い.txt" : "a.eml", n == 1 ? "text/plain" : "message/rfc822", bytes);
    }
  return draft;
}

static void
check_same_list (const GPtrArray *a, const GPtrArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    {
      const MailAddress *x = g_ptr_array_index (a, i), *y = g_ptr_array_index (b, i);

      g_assert_cmpstr (x->name, ==, y->name);
      g_assert_cmpstr (x->address, ==, y->address);
    }
}

static void
any_draft_comes_back (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (MimeDraft) draft = random_draft (rand);
      g_autoptr (GBytes) source = mime_builder_build (draft, MIME_BUILD_FOR_DRAFTS, NOW, 0, NULL);
      g_autoptr (MimeDraft) back = mime_draft_from_source (source);

      g_assert_cmpstr (back->subject, ==, draft->subject);
      g_assert_cmpstr (back->text, ==, draft->text);
      g_assert_cmpstr (back->in_reply_to, ==, draft->in_reply_to);
      g_assert_cmpstrv (back->references, draft->references);
      check_same_list (back->to, draft->to);
      check_same_list (back->cc, draft->cc);
      check_same_list (back->bcc, draft->bcc);
      g_assert_true (!back->from == !draft->from);
      g_assert_cmpuint (back->files->len, ==, draft->files->len);
      for (guint j = 0; j < draft->files->len; j++)
        {
          MimeDraftFile *x = g_ptr_array_index (draft->files, j), *y = g_ptr_array_index (back->files, j);

          g_assert_cmpstr (x->name, ==, y->name);
          g_assert_cmpstr (x->content_type, ==, y->content_type);
          g_assert_true (g_bytes_equal (x->data, y->data));
        }
    }
}

/* 7-bit, CRLF everywhere, no line over 998, whatever was written. */
static void
any_draft_leaves_sound (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (MimeDraft) draft = random_draft (rand);
      g_autoptr (GBytes) source = mime_builder_build (draft, MIME_BUILD_FOR_DRAFTS, NOW, 0, NULL);
      gsize length, column = 0;
      const char *data = g_bytes_get_data (source, &length);
      const char *body = g_strstr_len (data, length, "\r\n\r\n");

      g_assert_nonnull (body);
      for (const char *p = data; p < data + length; p++)
        {
          g_assert_true (*p != '\0' && (p < body || (guchar) *p < 0x80));
          g_assert_true ((*p == '\n') == (p > data && p[-1] == '\r'));
          column = *p == '\n' ? 0 : column + 1;
          g_assert_cmpuint (column, <=, 999);
        }
      g_assert_cmpuint (column, ==, 0);
    }
}

#define PIXEL "GIF89a\1\0\1\0\200\0\0\0\0\0\0\0\0!\371\4\1\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;"

static MimeDraft *
new_page (const char *html)
{
  MimeDraft *draft = new_draft ("");
  g_autoptr (GBytes) pixel = g_bytes_new_static (PIXEL, sizeof PIXEL - 1);

  draft->html = g_strdup (html);
  mime_draft_add_picture (draft, "pic1", "dot.gif", "image/gif", pixel);
  return draft;
}

static void
page_leaves_as_text_and_html_with_its_pictures (void)
{
  g_autoptr (MimeDraft) draft = new_page ("<div><b>Grüße</b></div><blockquote type=\"cite\"><div>old</div></blockquote>"
                                          "<ul><li>one</ul><a href=\"https://example.org/x\">there</a> <img src=\"cid:pic1\" alt=\"dot\">");
  g_autofree char *message = build (draft, MIME_BUILD_FOR_SENDING);
  static const char *const order[] = {
    "Content-Type: multipart/alternative; boundary=\"", "Content-Type: text/plain; charset=utf-8; format=flowed\r\n", "> old\r\n", "=E2=80=A2 one\r\n",
    "there <https://example.org/x> [dot]", "Content-Type: multipart/related; type=\"text/html\"; boundary=\"", "Content-Type: text/html; charset=utf-8\r\n",
    "<body><div><b>Gr", "Content-Type: image/gif\r\nContent-ID: <pic1>\r\nContent-Disposition: inline;" };
  const char *at = message;

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      const char *found = strstr (at, order[i]);

      if (!found)
        g_test_message ("%s", message);
      g_assert_cmpstr (found ? "" : order[i], ==, "");
      at = found;
    }
}

static void
page_with_files_comes_back (void)
{
  g_autoptr (MimeDraft) draft = new_page ("<div>a</div><img src=\"cid:pic1\">");
  g_autoptr (GBytes) data = g_bytes_new_static ("x", 1), source = NULL;
  g_autoptr (MimeDraft) back = NULL;

  mime_draft_add_file (draft, "x.txt", "text/plain", data);
  source = mime_builder_build (draft, MIME_BUILD_FOR_DRAFTS, NOW, 0, NULL);
  back = mime_draft_from_source (source);
  g_assert_nonnull (strstr (back->html, "<body><div>a</div><img src=\"cid:pic1\"></body>"));
  g_assert_cmpuint (back->files->len, ==, 1);
  g_assert_cmpuint (back->pictures->len, ==, 1);
  g_assert_cmpstr (((MimeDraftFile *) back->pictures->pdata[0])->content_id, ==, "pic1");
  g_assert_cmpmem (g_bytes_get_data (((MimeDraftFile *) back->pictures->pdata[0])->data, NULL), sizeof PIXEL - 1, PIXEL, sizeof PIXEL - 1);
}

static void
picture_that_cannot_be_named_is_left_out (void)
{
  g_autoptr (MimeDraft) draft = new_page ("a");
  g_autoptr (GBytes) data = g_bytes_new_static ("x", 1);

  mime_draft_add_picture (draft, "a>\r\nBcc: eve@example.org", "x", "image/png", data);
  mime_draft_add_picture (draft, "", "x", "image/png", data);
  g_assert_cmpuint (draft->pictures->len, ==, 1);
}

static void
signature_of_a_page_stays_one (void)
{
  g_autoptr (MimeDraft) draft = new_page ("<div>  Hi</div><div><br></div><div class=\"signature\">--\302\240<br>Ana</div>");
  g_autofree char *message = build (draft, MIME_BUILD_FOR_SENDING);

  g_assert_nonnull (strstr (message, "\r\nHi\r\n\r\n-- \r\nAna\r\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mime_init ();
  g_test_add_func ("/mime/builder/plain-ascii/stays-readable", plain_ascii_stays_readable);
  g_test_add_func ("/mime/builder/message-ids/differ", message_ids_differ);
  g_test_add_func ("/mime/builder/headers/name-no-program-or-host", no_program_or_host_is_named);
  g_test_add_func ("/mime/builder/without-sender/is-refused", without_sender_is_refused);
  g_test_add_func ("/mime/builder/without-recipient/is-refused", without_recipient_is_refused);
  g_test_add_func ("/mime/builder/impossible-address/is-refused", impossible_address_is_refused);
  g_test_add_func ("/mime/builder/line-ends-in-headers/add-no-header", line_ends_in_headers_add_no_header);
  g_test_add_func ("/mime/builder/domains/become-a-labels", domains_become_a_labels);
  g_test_add_func ("/mime/builder/local-parts/stay-utf8", local_parts_stay_utf8);
  g_test_add_func ("/mime/builder/files/come-out-byte-for-byte", files_come_out_byte_for_byte);
  g_test_add_func ("/mime/builder/page/leaves-as-text-and-html-with-its-pictures", page_leaves_as_text_and_html_with_its_pictures);
  g_test_add_func ("/mime/builder/page/with-files-comes-back", page_with_files_comes_back);
  g_test_add_func ("/mime/builder/page/picture-that-cannot-be-named-is-left-out", picture_that_cannot_be_named_is_left_out);
  g_test_add_func ("/mime/builder/page/signature-stays-one", signature_of_a_page_stays_one);
  g_test_add_func ("/mime/builder/any-draft/comes-back", any_draft_comes_back);
  g_test_add_func ("/mime/builder/any-draft/leaves-sound", any_draft_leaves_sound);
  return g_test_run ();
}
