/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a server has said of itself. */
#include "imap-facts.h"

void
imap_facts_init (ImapFacts *self)
{
  imap_capabilities_init (&self->capabilities);
}

void
imap_facts_clear (ImapFacts *self)
{
  imap_capabilities_clear (&self->capabilities);
  g_clear_pointer (&self->mailbox, g_free);
  g_clear_pointer (&self->farewell, g_free);
  g_clear_pointer (&self->alert, g_free);
}

void
imap_facts_forget (ImapFacts *self)
{
  imap_capabilities_clear (&self->capabilities);
  imap_capabilities_init (&self->capabilities);
  self->dialect.literals = IMAP_LITERAL_WAIT;
  g_clear_pointer (&self->farewell, g_free);
}

/* Words that anybody may have put in before TLS, and those of a server that does not know us yet, are not shown. */
static void
keep_alert (ImapFacts *self, const char *text, gboolean is_encrypted)
{
  if (!self->is_logged_in || !is_encrypted || !*text)
    return;
  g_free (self->alert);
  self->alert = g_strdup (text);
}

void
imap_facts_notice (ImapFacts *self, const ImapResponse *r, gboolean is_encrypted)
{
  if (r->kind == IMAP_RESPONSE_DATA && g_str_equal (r->name, "CAPABILITY"))
    imap_capabilities_read (&self->capabilities, r->arguments);
  else if (r->kind == IMAP_RESPONSE_STATUS && g_strcmp0 (r->code, "CAPABILITY") == 0)
    imap_capabilities_read (&self->capabilities, r->code_arguments);
  if (r->kind == IMAP_RESPONSE_STATUS && !r->tag && r->status == IMAP_STATUS_BYE)
    {
      g_free (self->farewell);
      self->farewell = g_strdup (r->text);
    }
  if (r->kind == IMAP_RESPONSE_STATUS && g_strcmp0 (r->code, "ALERT") == 0)
    keep_alert (self, r->text, is_encrypted);
  self->dialect.literals = self->capabilities.can & IMAP_CAN_LITERAL_PLUS    ? IMAP_LITERAL_PLUS
                           : self->capabilities.can & IMAP_CAN_LITERAL_MINUS ? IMAP_LITERAL_MINUS
                                                                             : IMAP_LITERAL_WAIT;
}

void
imap_facts_set_enabled (ImapFacts *self, guint32 capabilities)
{
  self->enabled = capabilities;
  self->dialect.is_utf8 = (capabilities & (IMAP_CAN_UTF8_ACCEPT | IMAP_CAN_REV2)) != 0;
}

void
imap_facts_set_mailbox (ImapFacts *self, const char *wire_name, guint32 uidvalidity)
{
  char *copy = g_strdup (wire_name);

  g_free (self->mailbox);
  self->mailbox = copy;
  self->uidvalidity = uidvalidity;
}

void
imap_facts_count_out (ImapFacts *self, gsize size)
{
  self->bytes_out += size;
  self->is_asking = TRUE;
}

void
imap_facts_begin_wait (ImapFacts *self)
{
  self->round_trips += self->is_asking;
  self->is_asking = FALSE;
}

void
imap_facts_count_in (ImapFacts *self, gsize size)
{
  self->bytes_in += size;
}
