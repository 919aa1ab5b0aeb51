/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SELECT and EXAMINE. */
#include "imap-mailbox.h"

#include "base-error.h"
#include "imap-fetch.h"
#include "imap-uid-set.h"

#include <string.h>

#define MAX_RANGES 1000000
#define EVERY_FLAG ((MailFlags) 0x1ff)
#define KEYWORDS (MAIL_FLAG_FORWARDED | MAIL_FLAG_JUNK | MAIL_FLAG_NOT_JUNK | MAIL_FLAG_RECEIPT)

void
imap_selected_clear (ImapSelected *self)
{
  g_clear_pointer (&self->mailbox_id, g_free);
}

typedef struct
{
  ImapSelected *selected;
  ImapDataFunc func;
  gpointer data;
} Selecting;

/* RFC 9051 §7.1: \* says that keywords may be made at will. */
static MailFlags
read_permanent_flags (const ImapNode *list)
{
  MailFlags flags = 0;

  if (!list || list->type != IMAP_NODE_LIST)
    return EVERY_FLAG;
  for (const ImapNode *node = list->first; node; node = node->next)
    {
      const char *word = imap_node_get_string (node);

      if (word)
        flags |= g_str_equal (word, "\\*") ? KEYWORDS : imap_flags_from_word (word);
    }
  return flags;
}

static guint32
read_number (const ImapNode *node)
{
  guint64 value = 0;

  return imap_node_get_number (node, &value) && value <= G_MAXUINT32 ? value : 0;
}

static void
read_code (ImapSelected *selected, const ImapResponse *r)
{
  if (g_str_equal (r->code, "UIDVALIDITY"))
    selected->uidvalidity = read_number (r->code_arguments);
  else if (g_str_equal (r->code, "UIDNEXT"))
    selected->uidnext = read_number (r->code_arguments);
  else if (g_str_equal (r->code, "HIGHESTMODSEQ"))
    imap_node_get_number (r->code_arguments, &selected->highestmodseq);
  else if (g_str_equal (r->code, "NOMODSEQ"))
    selected->highestmodseq = 0;
  else if (g_str_equal (r->code, "PERMANENTFLAGS"))
    selected->permanent_flags = read_permanent_flags (r->code_arguments);
  else if (g_str_equal (r->code, "READ-ONLY"))
    selected->is_read_only = TRUE;
  else if (g_str_equal (r->code, "MAILBOXID"))
    {
      g_free (selected->mailbox_id);
      selected->mailbox_id = imap_node_dup_object_id (r->code_arguments);
    }
}

static void
on_selecting (ImapSession *session, const ImapResponse *response, gpointer data)
{
  Selecting *self = data;

  if (response->kind == IMAP_RESPONSE_STATUS && response->code)
    {
      /* RFC 7162 §3.2.11: what came before is of the mailbox that was open until now */
      if (g_str_equal (response->code, "CLOSED"))
        {
          imap_selected_clear (self->selected);
          *self->selected = (ImapSelected) { .permanent_flags = EVERY_FLAG };
        }
      else
        read_code (self->selected, response);
    }
  else if (response->kind == IMAP_RESPONSE_DATA && response->has_number && g_str_equal (response->name, "EXISTS"))
    self->selected->n_messages = response->number;
  else if (response->kind == IMAP_RESPONSE_DATA && self->func)
    self->func (session, response, self->data);
}

/* A SELECT that nobody has asked for the answer of yet; the session has it as data */
typedef struct
{
  char *wire_name;
  ImapSelected selected;
} Ahead;

#define AHEAD "imap-mailbox-ahead"

static void
ahead_free (gpointer data)
{
  Ahead *self = data;

  imap_selected_clear (&self->selected);
  g_free (self->wire_name);
  g_free (self);
}

static void
on_ahead (ImapSession *session, const ImapResponse *response, gpointer data)
{
  Ahead *self = data;
  Selecting selecting = { &self->selected, NULL, NULL };

  on_selecting (session, response, &selecting);
}

static void
on_ahead_done (ImapSession *session, const ImapResponse *response, gpointer data)
{
  Ahead *self = data;

  if (response->status != IMAP_STATUS_OK)
    return;
  self->selected.is_read_only |= g_strcmp0 (response->code, "READ-ONLY") == 0;
  imap_session_set_mailbox (session, self->wire_name, self->selected.uidvalidity);
}

/* Once: what was true then is not true for long. */
static gboolean
take_ahead (ImapSession *session, const char *wire_name, ImapSelected *selected)
{
  Ahead *ahead = g_object_steal_data (G_OBJECT (session), AHEAD);
  gboolean is_it = ahead && g_str_equal (ahead->wire_name, wire_name) && imap_session_is_selected (session, wire_name, ahead->selected.uidvalidity);

  if (is_it)
    {
      *selected = ahead->selected;
      ahead->selected.mailbox_id = NULL;
    }
  g_clear_pointer (&ahead, ahead_free);
  return is_it;
}

static ImapCommand *
make_select (ImapSession *session, const char *wire_name, gboolean is_read_only, guint32 known_uidvalidity, guint64 known_modseq)
{
  ImapCommand *command = imap_command_new (is_read_only ? "EXAMINE" : "SELECT");

  imap_command_add_wire_mailbox (command, wire_name);
  if (imap_session_has_enabled (session, IMAP_CAN_QRESYNC) && known_uidvalidity > 0 && known_modseq > 0)
    imap_command_add_format (command, "(QRESYNC (%u %" G_GUINT64_FORMAT "))", known_uidvalidity, known_modseq);
  else if (imap_session_can (session, IMAP_CAN_CONDSTORE))
    imap_command_add (command, "(CONDSTORE)");
  imap_session_set_mailbox (session, NULL, 0);
  return command;
}

gboolean
imap_mailbox_select_ahead (ImapSession *session, const char *wire_name, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImapCommand) command = make_select (session, wire_name, FALSE, 0, 0);
  Ahead *ahead;
  guint number = imap_session_send (session, command, cancellable, error);

  if (number == 0)
    return FALSE;
  ahead = g_new0 (Ahead, 1);
  ahead->wire_name = g_strdup (wire_name);
  ahead->selected.permanent_flags = EVERY_FLAG;
  g_object_set_data_full (G_OBJECT (session), AHEAD, ahead, ahead_free);
  imap_session_leave (session, number, on_ahead, on_ahead_done, ahead);
  return TRUE;
}

gboolean
imap_mailbox_select (ImapSession *session, const char *wire_name, gboolean is_read_only, guint32 known_uidvalidity, guint64 known_modseq,
                     ImapSelected *selected, ImapDataFunc func, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImapCommand) command = NULL;
  g_autofree char *code = NULL;
  g_autoptr (GError) refusal = NULL;
  Selecting self = { selected, func, data };

  *selected = (ImapSelected) { .permanent_flags = EVERY_FLAG };
  if (!imap_session_settle (session, cancellable, error))
    return FALSE;
  if (take_ahead (session, wire_name, selected) && !is_read_only && known_uidvalidity == 0)
    return TRUE;
  imap_selected_clear (selected);
  *selected = (ImapSelected) { .permanent_flags = EVERY_FLAG };
  command = make_select (session, wire_name, is_read_only, known_uidvalidity, known_modseq);
  if (imap_session_run (session, command, "the folder", on_selecting, &self, cancellable, &refusal))
    {
      /* Yahoo names one without knowing what to do with it (XYMHIGHESTMODSEQ). */
      if (!imap_session_can (session, IMAP_CAN_CONDSTORE))
        selected->highestmodseq = 0;
      code = imap_session_dup_code (session, NULL);
      selected->is_read_only |= is_read_only || g_strcmp0 (code, "READ-ONLY") == 0;
      imap_session_set_mailbox (session, wire_name, selected->uidvalidity);
      return TRUE;
    }
  imap_selected_clear (selected);
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

GArray *
imap_mailbox_read_vanished (const ImapResponse *response, gboolean *is_earlier)
{
  const ImapNode *node = response->arguments;
  const char *set;

  if (response->kind != IMAP_RESPONSE_DATA || response->has_number || !g_str_equal (response->name, "VANISHED"))
    return NULL;
  *is_earlier = node && node->type == IMAP_NODE_LIST && imap_node_is_atom (node->first, "EARLIER");
  if (*is_earlier)
    node = node->next;
  set = imap_node_get_string (node);
  return set ? imap_uid_set_parse_ranges (set, MAX_RANGES) : NULL;
}
