/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an answer starts from. */
#include "mime-reply.h"

#include <string.h>

#include "mime-subject.h"
#include "mime-summary.h"

static const char letter[] =
  "From: Ana <ana@example.org>\nTo: Me <me@example.net>, Bo <bo@example.net>\nCc: cy@example.net, ME.2@example.net\nSubject: AW: Re[2]: Lunch\n"
  "Message-ID: <3@example.org>\nReferences: <1@example.org> <2@example.org>\nDate: Sun, 22 Nov 2026 05:02:52 +0100\n"
  "Content-Type: text/plain; format=flowed\n\nShall \nwe?\n> older\n\n-- \nAna\n";

static MimeDraft *
reply (const char *text, MimeReplyKind kind)
{
  g_autoptr (GBytes) source = g_bytes_new (text, strlen (text));
  g_autoptr (MimeMessage) message = mime_message_new (source);
  g_autoptr (GPtrArray) own = mail_address_list_parse ("Me Too <me.2@example.net>, Me <me@example.net>");

  return mime_reply_new (message, kind, own, NULL, "Ana wrote:");
}

static void
check_people (const GPtrArray *list, const char *wanted)
{
  g_autofree char *text = mail_address_list_to_string (list);

  g_assert_cmpstr (text, ==, wanted);
}

static void
goes_to_the_sender (void)
{
  g_autoptr (MimeDraft) draft = reply (letter, MIME_REPLY);

  check_people (draft->to, "Ana <ana@example.org>");
  check_people (draft->cc, "");
}

static void
to_all_leaves_oneself_out (void)
{
  g_autoptr (MimeDraft) draft = reply (letter, MIME_REPLY_ALL);

  check_people (draft->to, "Ana <ana@example.org>, Bo <bo@example.net>");
  check_people (draft->cc, "cy@example.net");
}

static void
reply_to_is_followed (void)
{
  g_autoptr (MimeDraft) draft = reply ("From: ana@example.org\nReply-To: list@example.org\nTo: me@example.net\n\nx", MIME_REPLY);

  check_people (draft->to, "list@example.org");
}

static void
own_message_goes_on_to_its_people (void)
{
  g_autoptr (MimeDraft) draft = reply ("From: me@example.net\nTo: bo@example.net\n\nx", MIME_REPLY);

  check_people (draft->to, "bo@example.net");
  g_assert_cmpstr (draft->from->address, ==, "me@example.net");
}

static void
identity_is_the_one_written_to (void)
{
  g_autoptr (MimeDraft) draft = reply (letter, MIME_REPLY);

  g_assert_cmpstr (draft->from->address, ==, "me@example.net");
}

static void
references_grow (void)
{
  g_autoptr (MimeDraft) draft = reply (letter, MIME_REPLY);
  g_autofree char *references = g_strjoinv (" ", draft->references);

  g_assert_cmpstr (references, ==, "1@example.org 2@example.org 3@example.org");
  g_assert_cmpstr (draft->in_reply_to, ==, "3@example.org");
}

static void
text_is_quoted_without_signature (void)
{
  g_autoptr (MimeDraft) draft = reply (letter, MIME_REPLY);

  g_assert_cmpstr (draft->text, ==, "\n\nAna wrote:\n> Shall we?\n>> older\n");
}

static void
forward_takes_text_and_header (void)
{
  g_autoptr (MimeDraft) draft = reply (letter, MIME_FORWARD);

  g_assert_cmpstr (draft->subject, ==, "Fwd: Lunch");
  g_assert_cmpuint (draft->to->len, ==, 0);
  g_assert_nonnull (strstr (draft->text, "\nFrom: Ana <ana@example.org>\n"));
  g_assert_true (g_str_has_suffix (draft->text, "Shall we?\n> older\n\n-- \nAna\n"));
}

static void
forward_takes_files (void)
{
  g_autoptr (MimeDraft) draft = reply ("From: ana@example.org\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nJVBERg==\n",
                                       MIME_FORWARD);
  MimeDraftFile *file;

  g_assert_cmpuint (draft->files->len, ==, 1);
  file = g_ptr_array_index (draft->files, 0);
  g_assert_cmpstr (file->name, ==, "a.pdf");
  g_assert_cmpmem (g_bytes_get_data (file->data, NULL), g_bytes_get_size (file->data), "%PDF", 4);
}

static void
prefixes_become_one (void)
{
  static const char *const subjects[] = { "Lunch", "Re: Lunch", "RE: re : AW: Lunch", "Re[2]: Lunch", "Fwd: Fw: WG: Lunch", "Antw: Sv: Vs: Rif: Odp: Lunch",
                                          "TR: RV: I: Lunch", "Re：Lunch", "回复: Lunch", "Re^3: Re(4): Lunch" };

  for (gsize i = 0; i < G_N_ELEMENTS (subjects); i++)
    g_assert_cmpstr (mime_subject_strip (subjects[i]), ==, "Lunch");
  g_assert_cmpstr (mime_subject_strip ("Reading: a list"), ==, "Reading: a list");
  g_assert_cmpstr (mime_subject_strip ("Re[x]: y"), ==, "Re[x]: y");
  g_assert_cmpstr (mime_subject_strip ("Re:"), ==, "");
}

static void
to_the_list_goes_to_the_list_alone (void)
{
  g_autoptr (MimeDraft) draft = reply ("From: ana@example.org\nTo: me@example.net, list@example.org\nList-Post: <mailto:list@example.org?subject=x>\n\nx",
                                       MIME_REPLY_LIST);

  check_people (draft->to, "list@example.org");
  check_people (draft->cc, "");
}

static void
to_a_list_that_takes_nothing_goes_to_all (void)
{
  g_autoptr (MimeDraft) draft = reply ("From: ana@example.org\nTo: list@example.org\nList-Post: NO (closed)\n\nx", MIME_REPLY_LIST);

  check_people (draft->to, "ana@example.org, list@example.org");
}

static void
forward_attached_is_the_message_itself (void)
{
  g_autoptr (MimeDraft) draft = reply (letter, MIME_FORWARD_ATTACHED);
  MimeDraftFile *file;

  g_assert_cmpuint (draft->files->len, ==, 1);
  file = g_ptr_array_index (draft->files, 0);
  g_assert_cmpstr (file->content_type, ==, "message/rfc822");
  g_assert_cmpmem (g_bytes_get_data (file->data, NULL), g_bytes_get_size (file->data), letter, strlen (letter));
  g_assert_cmpstr (draft->text, ==, "");
  g_assert_cmpstr (draft->subject, ==, "Fwd: Lunch");
}

static const char page[] =
  "From: Bo <bo@example.net>\r\nTo: me@example.net\r\nSubject: Lunch\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n"
  "--m\r\nContent-Type: multipart/related; boundary=r\r\n\r\n"
  "--r\r\nContent-Type: text/html\r\n\r\n<p>Look: <img src=\"cid:p@x\"></p>\r\n"
  "--r\r\nContent-Type: image/png; name=p.png\r\nContent-ID: <p@x>\r\n\r\nPNG\r\n"
  "--r\r\nContent-Type: image/png; name=q.png\r\nContent-ID: <q@x>\r\n\r\nPNG\r\n--r--\r\n"
  "--m\r\nContent-Type: application/pdf; name=f.pdf\r\nContent-Disposition: attachment\r\n\r\nPDF\r\n--m--\r\n";

static MimeDraft *
quote_page (MimeReplyKind kind)
{
  g_autoptr (GBytes) source = g_bytes_new_static (page, strlen (page));
  g_autoptr (MimeMessage) message = mime_message_new (source);
  MimeDraft *draft = mime_reply_new (message, kind, NULL, NULL, "Bo <wrote>:");

  mime_reply_quote_html (draft, message, kind, "Bo <wrote>:", "<p>Look: <img src=\"cid:p@x\"></p>");
  return draft;
}

static void
answer_to_a_page_quotes_it_with_its_pictures (void)
{
  g_autoptr (MimeDraft) draft = quote_page (MIME_REPLY);

  g_assert_cmpstr (draft->html, ==, "<div>Bo &lt;wrote&gt;:</div><blockquote type=\"cite\"><p>Look: <img src=\"cid:p@x\"></p></blockquote>");
  g_assert_cmpuint (draft->pictures->len, ==, 1);
  g_assert_cmpstr (((MimeDraftFile *) draft->pictures->pdata[0])->content_id, ==, "p@x");
  g_assert_cmpuint (draft->files->len, ==, 0);
}

static void
forward_of_a_page_takes_files_too (void)
{
  g_autoptr (MimeDraft) draft = quote_page (MIME_FORWARD);

  g_assert_true (g_str_has_prefix (draft->html, "<div>Bo &lt;wrote&gt;:</div><div>Subject: Lunch</div><div>From: Bo &lt;bo@example.net&gt;</div>"));
  g_assert_true (g_str_has_suffix (draft->html, "<div><br></div><p>Look: <img src=\"cid:p@x\"></p>"));
  g_assert_cmpuint (draft->pictures->len, ==, 1);
  g_assert_cmpuint (draft->files->len, ==, 2); /* also the picture that is not shown */
}

static void
edited_as_new_has_no_thread (void)
{
  g_autoptr (GBytes) source = g_bytes_new (letter, strlen (letter));
  g_autoptr (GPtrArray) own = mail_address_list_parse ("me@example.net");
  g_autoptr (MimeDraft) draft = mime_reply_new_from_old (source, own);

  check_people (draft->to, "Me <me@example.net>, Bo <bo@example.net>");
  g_assert_null (draft->from); /* somebody else's */
  g_assert_null (draft->in_reply_to);
  g_assert_null (draft->references[0]);
  g_assert_nonnull (strstr (draft->text, "Shall we?"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mime_init ();
  g_test_add_func ("/mime/reply/to-one/goes-to-the-sender", goes_to_the_sender);
  g_test_add_func ("/mime/reply/to-all/leaves-oneself-out", to_all_leaves_oneself_out);
  g_test_add_func ("/mime/reply/reply-to/is-followed", reply_to_is_followed);
  g_test_add_func ("/mime/reply/own-message/goes-on-to-its-people", own_message_goes_on_to_its_people);
  g_test_add_func ("/mime/reply/identity/is-the-one-written-to", identity_is_the_one_written_to);
  g_test_add_func ("/mime/reply/references/grow", references_grow);
  g_test_add_func ("/mime/reply/text/is-quoted-without-signature", text_is_quoted_without_signature);
  g_test_add_func ("/mime/reply/forward/takes-text-and-header", forward_takes_text_and_header);
  g_test_add_func ("/mime/reply/forward/takes-files", forward_takes_files);
  g_test_add_func ("/mime/reply/to-list/goes-to-the-list-alone", to_the_list_goes_to_the_list_alone);
  g_test_add_func ("/mime/reply/to-a-closed-list/goes-to-all", to_a_list_that_takes_nothing_goes_to_all);
  g_test_add_func ("/mime/reply/forward-attached/is-the-message-itself", forward_attached_is_the_message_itself);
  g_test_add_func ("/mime/reply/edited-as-new/has-no-thread", edited_as_new_has_no_thread);
  g_test_add_func ("/mime/reply/page/is-quoted-with-its-pictures", answer_to_a_page_quotes_it_with_its_pictures);
  g_test_add_func ("/mime/reply/page/forward-takes-files-too", forward_of_a_page_takes_files_too);
  g_test_add_func ("/mime/reply/prefixes/become-one", prefixes_become_one);
  return g_test_run ();
}
