/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a message: every getter, and the draft and the answers made of it. */
#include <stdint.h>

#include "mime-builder.h"
#include "mime-reply.h"
#include "mime-summary.h"

#include <sanitizer/lsan_interface.h>

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  /* What GMime's table loses by it once a process (see tests/lsan.supp) is no finding; libFuzzer takes no suppressions. */
  __lsan_disable ();
  mime_init ();
  __lsan_enable ();
  return 0;
}

static void
check (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) source = g_bytes_new (data, size);
  g_autoptr (MimeMessage) message = mime_message_new (source);
  g_autoptr (MailSummary) summary = mime_summary_new (source, TRUE, 1);
  g_autoptr (MailSummary) head G_GNUC_UNUSED = mime_summary_new (source, FALSE, 1);
  g_autofree char *headers = mime_message_dup_headers (message);
  GListModel *attachments = mime_message_get_attachments (message);

  check (headers);
  check (summary->subject);
  check (mime_message_get_subject (message));
  check (mime_message_get_text (message));
  if (mime_message_get_html (message))
    check (mime_message_get_html (message));
  for (guint i = 0; i < g_list_model_get_n_items (attachments); i++)
    {
      g_autoptr (MimeAttachment) attachment = g_list_model_get_item (attachments, i);
      g_autoptr (GBytes) bytes = mime_attachment_dup_data (attachment);

      check (mime_attachment_get_name (attachment));
      g_assert_cmpuint (g_bytes_get_size (bytes), ==, mime_attachment_get_size (attachment));
    }
  for (int kind = MIME_REPLY; kind <= MIME_FORWARD; kind++)
    {
      g_autoptr (MimeDraft) draft = mime_reply_new (message, kind, NULL, NULL, "x");
      g_autoptr (GBytes) kept = mime_builder_build (draft, MIME_BUILD_FOR_DRAFTS, 1, 0, NULL);
      g_autoptr (GBytes) sent G_GNUC_UNUSED = mime_builder_build (draft, MIME_BUILD_FOR_SENDING, 1, 0, NULL);
      g_autoptr (MimeDraft) back = mime_draft_from_source (kept);

      check (back->text);
    }
  return 0;
}
