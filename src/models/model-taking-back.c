/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Out of the Outbox into Drafts, without those who have the message already. */
#include "model-taking-back.h"

#include "base-error.h"
#include "mime-builder.h"
#include "mime-draft.h"
#include "mime-message.h"
#include "mime-redirect.h"
#include "mime-summary.h"
#include "store-database.h"
#include "store-folders.h"
#include "store-messages.h"
#include "store-outbox.h"
#include "store-pending.h"

static gboolean
has_accepted (const StoreOutboxItem *item, const char *address)
{
  for (guint i = 0; i < item->recipients->len; i++)
    {
      const StoreOutboxRecipient *recipient = g_ptr_array_index (item->recipients, i);

      if (recipient->state == STORE_RECIPIENT_ACCEPTED && (!address || mail_address_equal (recipient->address, address)))
        return TRUE;
    }
  return FALSE;
}

static void
remove_accepted (GPtrArray *addresses, const StoreOutboxItem *item)
{
  for (guint i = addresses->len; i > 0; i--)
    if (has_accepted (item, ((const MailAddress *) g_ptr_array_index (addresses, i - 1))->address))
      g_ptr_array_remove_index (addresses, i - 1);
}

static GBytes *
make_rest (StoreDatabase *database, const StoreOutboxItem *item, GError **error)
{
  g_autoptr (GBytes) source = store_messages_load_source (database, item->message, error);
  g_autoptr (MimeDraft) draft = source ? mime_draft_from_source (source) : NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (!draft)
    return NULL;
  remove_accepted (draft->to, item);
  remove_accepted (draft->cc, item);
  remove_accepted (draft->bcc, item);
  return mime_builder_build (draft, MIME_BUILD_FOR_DRAFTS, g_date_time_to_unix (now),
                             (int) (g_date_time_get_utc_offset (now) / G_TIME_SPAN_MINUTE), error);
}

/* What was redirected, a receipt, or an answer to an invitation: a composer would make something else of it, as another's words in one's own name. */
static gboolean
is_made (StoreDatabase *database, const StoreOutboxItem *item)
{
  g_autoptr (GBytes) source = store_messages_load_source (database, item->message, NULL);
  gboolean is_redirected = source && mime_redirect_is (source);
  g_autoptr (MimeMessage) message = source && item->answers && !is_redirected ? mime_message_new (source) : NULL;
  const MailInvitation *invitation = message ? mime_message_get_invitation (message) : NULL;

  return is_redirected || (message && (mime_message_get_report (message) || (invitation && invitation->kind == MAIL_INVITATION_REPLY)));
}

static gboolean
drop (StoreDatabase *database, const StoreOutboxItem *item, GError **error)
{
  if (item->state == STORE_OUTBOX_SENDING || has_accepted (item, NULL))
    {
      g_set_error_literal (error, BASE_ERROR, BASE_ERROR_INVALID, "The message is on its way.");
      return FALSE;
    }
  return store_pending_delete (database, &item->message, 1, TRUE, error)
         && (item->answer_flag != MAIL_FLAG_RECEIPT || store_pending_mark (database, &item->answers, 1, 0, MAIL_FLAG_RECEIPT, error));
}

static gboolean
take_back (StoreDatabase *database, gint64 id, gboolean *is_draft, GError **error)
{
  g_autoptr (StoreOutboxItem) item = store_outbox_get (database, id, error);
  g_autoptr (MailSummary) summary = NULL;
  g_autoptr (GBytes) rest = NULL;
  gint64 drafts;

  if (!item)
    return FALSE;
  *is_draft = !is_made (database, item);
  if (!*is_draft)
    return drop (database, item, error);
  drafts = store_folders_find_role (database, item->account, MAIL_ROLE_DRAFTS, error);
  if (drafts < 0)
    return FALSE;
  if (!drafts)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "The account of this message has no folder for drafts");
      return FALSE;
    }
  if (!has_accepted (item, NULL))
    return store_outbox_take_back (database, id, drafts, error);
  rest = make_rest (database, item, error);
  if (!rest)
    return FALSE;
  summary = mime_summary_new (rest, TRUE, g_get_real_time () / G_USEC_PER_SEC);
  return store_outbox_take_back_rest (database, id, drafts, rest, summary, error);
}

gboolean
model_taking_back_run (StoreDatabase *database, gint64 id, gboolean *is_draft, GError **error)
{
  if (!store_database_begin (database, error))
    return FALSE;
  if (take_back (database, id, is_draft, error))
    return store_database_commit (database, error);
  store_database_rollback (database);
  return FALSE;
}
