/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tagged answer, kept. */
#include "imap-outcome.h"

#include "imap-refusal.h"

static char *
join_values (const ImapNode *first)
{
  GString *out = g_string_new (NULL);

  for (const ImapNode *node = first; node; node = node->next)
    if (imap_node_get_string (node))
      g_string_append_printf (out, "%s%s", out->len ? " " : "", imap_node_get_string (node));
  return g_string_free (out, FALSE);
}

void
imap_outcome_clear (ImapOutcome *self)
{
  g_clear_pointer (&self->code, g_free);
  g_clear_pointer (&self->arguments, g_free);
  g_clear_error (&self->refusal);
}

void
imap_outcome_take (ImapOutcome *self, const ImapResponse *response, const char *what, BaseErrorCode fallback)
{
  imap_outcome_clear (self);
  self->status = response->status;
  self->code = g_strdup (response->code);
  self->arguments = join_values (response->code_arguments);
  if (response->status != IMAP_STATUS_OK)
    self->refusal = imap_refusal_new (response, what, fallback);
}
