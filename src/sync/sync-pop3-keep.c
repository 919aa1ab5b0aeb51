/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What arrived by POP3, into the store. */
#include "sync-pop3-keep.h"

#include "base-error.h"
#include "mail-role.h"
#include "store-database.h"
#include "store-folders.h"
#include "store-messages.h"

#include <string.h>

static gboolean
apply_renames (SyncPass *pass, SyncPop3Plan *plan, GError **error)
{
  for (guint i = 0; i < plan->renames->len; i++)
    {
      const SyncPop3Rename *rename = g_ptr_array_index (plan->renames, i);

      if (!store_pop3_rename (pass->database, pass->account, rename->from, rename->to, error))
        return FALSE;
    }
  g_ptr_array_set_size (plan->renames, 0);
  return TRUE;
}

static void
report_error (SyncPass *pass, GError *error)
{
  base_error_set_server (error, mail_login_get_host (pass->login), mail_login_get_port (pass->login),
                         mail_security_to_word (mail_login_get_security (pass->login)));
  if (pass->report != NULL && pass->report->errors != NULL)
    g_ptr_array_add (pass->report->errors, error);
  else
    g_error_free (error);
}

static gboolean
has_digest (const SyncPop3Arrival *arrival, const SyncPop3Memory *memory)
{
  return memcmp (arrival->digest.bytes, memory->row->digest, POP3_DIGEST_SIZE) == 0;
}

static gboolean
has_equal_body (GBytes *a, GBytes *b)
{
  gsize size_a, size_b;
  const char *data_a = g_bytes_get_data (a, &size_a), *data_b = g_bytes_get_data (b, &size_b);
  gsize headers_a = pop3_digest_measure_headers (data_a, size_a), headers_b = pop3_digest_measure_headers (data_b, size_b);

  return size_a - headers_a == size_b - headers_b && memcmp (data_a + headers_a, data_b + headers_b, size_a - headers_a) == 0;
}

static gboolean
has_equal_message_id (GBytes *a, GBytes *b)
{
  g_autofree char *id_a = pop3_digest_dup_message_id (a);
  g_autofree char *id_b = pop3_digest_dup_message_id (b);

  return id_a != NULL && g_strcmp0 (id_a, id_b) == 0;
}

/**
 * is_same:
 * @has_its_name: the server calls the arrival what it called @memory
 *
 * Whether the arrival is the message that is remembered. In doubt it is not: a message twice is better than none.
 */
static gboolean
is_same (SyncPass *pass, const SyncPop3Delivery *delivery, const SyncPop3Memory *memory, gboolean has_its_name)
{
  const SyncPop3Arrival *arrival = delivery->arrival;
  g_autoptr (GBytes) kept = NULL;

  if (memory->row->state == STORE_POP3_KEPT && arrival->is_whole)
    {
      kept = store_messages_load_source (pass->database, memory->row->message, NULL);
      if (kept == NULL)
        return has_its_name && has_digest (arrival, memory);
      /* Servers that write into the headers of what they hold are known; into bodies none does. */
      return has_equal_body (kept, arrival->source)
             && (has_digest (arrival, memory) || (has_its_name && has_equal_message_id (kept, arrival->source)));
    }
  if (!has_digest (arrival, memory))
    return FALSE;
  if ((memory->row->state == STORE_POP3_DELETED_HERE || memory->row->state == STORE_POP3_REFUSED) && !has_its_name)
    return arrival->digest.is_strong && (memory->row->size == delivery->message->size || memory->row->size == arrival->size);
  return has_its_name || arrival->digest.is_strong;
}

static SyncPop3Memory *
recognise (SyncPass *pass, SyncPop3Plan *plan, const SyncPop3Delivery *delivery)
{
  SyncPop3Message *message = delivery->message;
  SyncPop3Memory *memory = NULL;

  if (message->memory != NULL)
    return message->memory;
  if (message->suspect != NULL && is_same (pass, delivery, message->suspect, g_strcmp0 (message->key, message->suspect->key) == 0))
    return message->suspect;
  while ((memory = sync_pop3_plan_find_lost (plan, &delivery->arrival->digest, memory)) != NULL)
    if (is_same (pass, delivery, memory, FALSE))
      return memory;
  return NULL;
}

static gboolean
put_body (SyncPass *pass, const SyncPop3Arrival *arrival, SyncPop3Memory *memory, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (!store_messages_replace (pass->database, memory->row->message, arrival->source, arrival->summary, &failure))
    {
      /* Removed here in the meantime: then nobody wants it any more. */
      if (g_error_matches (failure, BASE_ERROR, BASE_ERROR_NOT_FOUND))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  memory->row->state = STORE_POP3_KEPT;
  return store_pop3_set_state (pass->database, pass->account, memory->key, STORE_POP3_KEPT, error);
}

static void
report_too_large (SyncPass *pass, const SyncPop3Arrival *arrival)
{
  g_autofree char *size = g_format_size ((guint64) arrival->size);

  report_error (pass, g_error_new (BASE_ERROR, BASE_ERROR_TOO_LARGE, "A message of %s is too large to be received. It stays on the server.",
                                   size));
}

static gboolean
keep_known (SyncPass *pass, SyncPop3Plan *plan, const SyncPop3Delivery *delivery, SyncPop3Memory *memory, GError **error)
{
  const SyncPop3Arrival *arrival = delivery->arrival;
  SyncPop3Message *message = delivery->message;
  gboolean has_its_name = message->memory == memory;
  gboolean lacks_body = memory->row->state == STORE_POP3_HEADERS || memory->row->state == STORE_POP3_BODY_WANTED;

  if (has_its_name && !is_same (pass, delivery, memory, TRUE))
    {
      report_error (pass, g_error_new (BASE_ERROR, BASE_ERROR_PROTOCOL,
                                       "The server gave another message than the one that was asked for."));
      return TRUE;
    }
  message->digest = arrival->digest;
  sync_pop3_plan_recognise (plan, message, memory);
  message->is_confirmed = TRUE;
  if (!apply_renames (pass, plan, error)
      || !store_pop3_update (pass->database, pass->account, memory->key, MAX (message->size, arrival->size), arrival->digest.bytes, error))
    return FALSE;
  if (arrival->is_too_large)
    report_too_large (pass, arrival);
  if (lacks_body && arrival->is_too_large)
    return store_pop3_set_state (pass->database, pass->account, memory->key, STORE_POP3_HEADERS, error);
  return !lacks_body || !arrival->is_whole || put_body (pass, arrival, memory, error);
}

static gboolean
keep_new (SyncPass *pass, SyncPop3Plan *plan, gint64 folder, const SyncPop3Delivery *delivery, gboolean *is_added, GError **error)
{
  const SyncPop3Arrival *arrival = delivery->arrival;
  SyncPop3Message *message = delivery->message;
  StorePop3Entry *row;

  message->digest = arrival->digest;
  message->has_digest = TRUE;
  row = sync_pop3_plan_add (plan, message);
  if (!apply_renames (pass, plan, error))
    return FALSE;
  /* The app and posthorn-cli may both be receiving from a server that lets two in. */
  if (!store_pop3_has (pass->database, pass->account, row->uidl, is_added, error))
    return FALSE;
  *is_added = !*is_added;
  if (!*is_added)
    {
      message->is_confirmed = FALSE;
      return TRUE;
    }
  row->size = arrival->is_too_large || message->size < 0 ? arrival->size : message->size;
  row->state = arrival->is_whole ? STORE_POP3_KEPT : message->is_left ? STORE_POP3_LEFT : STORE_POP3_HEADERS;
  row->message = store_messages_add (pass->database, folder, arrival->source, arrival->summary, error);
  if (arrival->is_too_large)
    report_too_large (pass, arrival);
  return row->message >= 0 && store_pop3_add (pass->database, pass->account, row, error);
}

/* As for what arrives, but that nothing of it is kept. */
static gboolean
note_refused (SyncPass *pass, SyncPop3Plan *plan, SyncPop3Message *message, GError **error)
{
  StorePop3Entry *row = sync_pop3_plan_add (plan, message);
  gboolean is_known;

  message->need = SYNC_POP3_NOTHING;
  if (!apply_renames (pass, plan, error) || !store_pop3_has (pass->database, pass->account, row->uidl, &is_known, error))
    return FALSE;
  message->is_confirmed = !is_known;
  row->state = STORE_POP3_REFUSED;
  return is_known || store_pop3_add (pass->database, pass->account, row, error);
}

gboolean
sync_pop3_keep_refused (SyncPass *pass, SyncPop3Plan *plan, const GArray *indexes, GError **error)
{
  gboolean is_good = store_database_begin (pass->database, error);

  if (!is_good)
    return FALSE;
  for (guint i = 0; is_good && i < indexes->len; i++)
    is_good = note_refused (pass, plan, &g_array_index (plan->messages, SyncPop3Message, g_array_index (indexes, guint, i)), error);
  if (is_good)
    return store_database_commit (pass->database, error);
  store_database_rollback (pass->database);
  return FALSE;
}

static gboolean
keep_all (SyncPass *pass, SyncPop3Plan *plan, gint64 folder, GArray *deliveries, guint *n_new, GError **error)
{
  for (guint i = 0; i < deliveries->len; i++)
    {
      const SyncPop3Delivery *delivery = &g_array_index (deliveries, SyncPop3Delivery, i);
      SyncPop3Memory *memory = recognise (pass, plan, delivery);
      gboolean is_added = FALSE;

      if (memory != NULL ? !keep_known (pass, plan, delivery, memory, error) : !keep_new (pass, plan, folder, delivery, &is_added, error))
        return FALSE;
      *n_new += is_added;
    }
  return TRUE;
}

/* In the transaction: another process may have removed the account while the network was waited for. */
static gboolean
check_folder (SyncPass *pass, gint64 folder, GError **error)
{
  gint64 inbox = folder < 0 ? folder : store_folders_find_role (pass->database, pass->account, MAIL_ROLE_INBOX, error);

  if (inbox == 0 || (inbox > 0 && inbox != folder))
    g_set_error (error, BASE_ERROR, BASE_ERROR_NOT_FOUND, "The account was removed while mail came in for it.");
  return folder < 0 || inbox == folder;
}

gboolean
sync_pop3_keep (SyncPass *pass, SyncPop3Plan *plan, gint64 folder, GArray *deliveries, GError **error)
{
  guint n_new = 0;

  if (!store_database_begin_whole (pass->database, STORE_SAFE_AT_ONCE, error))
    return FALSE;
  if (!check_folder (pass, folder, error) || !keep_all (pass, plan, folder, deliveries, &n_new, error))
    {
      store_database_rollback (pass->database);
      return FALSE;
    }
  if (!store_database_commit (pass->database, error))
    return FALSE;
  if (pass->report != NULL)
    pass->report->n_new += n_new;
  return TRUE;
}

/* A size that changed made us look once; the new one is noted, so that we do not look at every pass. */
static gboolean
update_sizes (SyncPass *pass, SyncPop3Plan *plan, gboolean is_dry, gboolean *has_any, GError **error)
{
  *has_any = FALSE;
  for (guint i = 0; i < plan->messages->len; i++)
    {
      const SyncPop3Message *message = &g_array_index (plan->messages, SyncPop3Message, i);

      if (message->memory == NULL || !message->is_confirmed || message->size < 0 || message->size == message->memory->row->size)
        continue;
      *has_any = TRUE;
      if (!is_dry && !store_pop3_update (pass->database, pass->account, message->memory->key, message->size,
                                         message->memory->row->digest, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
sync_pop3_keep_names (SyncPass *pass, SyncPop3Plan *plan, GError **error)
{
  gboolean has_sizes;

  update_sizes (pass, plan, TRUE, &has_sizes, NULL);
  if (plan->renames->len == 0 && !has_sizes)
    return TRUE;
  if (!store_database_begin (pass->database, error))
    return FALSE;
  if (!apply_renames (pass, plan, error) || !update_sizes (pass, plan, FALSE, &has_sizes, error))
    {
      store_database_rollback (pass->database);
      return FALSE;
    }
  return store_database_commit (pass->database, error);
}
