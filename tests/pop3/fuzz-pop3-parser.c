/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes, cut anywhere, as the replies of a POP3 server. The same bytes must mean the same however they are cut. */
#include "pop3-capabilities.h"
#include "pop3-digest.h"
#include "pop3-listing.h"
#include "pop3-parser.h"
#include "pop3-reply.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

typedef struct
{
  Pop3Parser parser;
  gboolean in_message;
  guint n_replies;
  GByteArray *message;
  GString *log;
  Pop3Listing *listing;
  Pop3Capabilities *capabilities;
} Player;

static const Pop3ReplyKind kinds[] = { POP3_REPLY_LINE, POP3_REPLY_LINES, POP3_REPLY_MESSAGE };

static Pop3ReplyKind
kind_of (const Player *self)
{
  return kinds[self->n_replies % G_N_ELEMENTS (kinds)];
}

static void
end_reply (Player *self)
{
  self->n_replies++;
  pop3_parser_expect (&self->parser, kind_of (self));
}

static void
take_line (Player *self, const GString *text)
{
  pop3_listing_add_uidl_line (self->listing, text->str);
  pop3_listing_add_list_line (self->listing, text->str);
  pop3_capabilities_add_line (self->capabilities, text->str);
}

/* FALSE: broken */
static gboolean
run (Player *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (;;)
    {
      Pop3Event event = self->in_message ? pop3_parser_next_block (&self->parser, self->message) : pop3_parser_next (&self->parser, text);

      if (event == POP3_EVENT_NEED_BYTES)
        return TRUE;
      g_string_append_printf (self->log, "%d", event);
      if (event != POP3_EVENT_END)
        g_string_append_len (self->log, text->str, (gssize) text->len);
      if (event == POP3_EVENT_BROKEN)
        return FALSE;
      if (event == POP3_EVENT_LINE)
        take_line (self, text);
      else if (event == POP3_EVENT_ERR)
        pop3_reply_get_code (text->str);
      if (event == POP3_EVENT_OK && kind_of (self) == POP3_REPLY_MESSAGE)
        self->in_message = TRUE;
      else if (event != POP3_EVENT_LINE && (event != POP3_EVENT_OK || kind_of (self) == POP3_REPLY_LINE))
        {
          self->in_message = FALSE;
          end_reply (self);
        }
    }
}

static char *
play (const guint8 *data, gsize size, gsize step)
{
  Player self = {
    .message = g_byte_array_new (), .log = g_string_new (NULL), .listing = pop3_listing_new (), .capabilities = pop3_capabilities_new (),
  };
  g_autoptr (GBytes) source = NULL;
  Pop3Digest digest;

  pop3_parser_init (&self.parser);
  pop3_parser_expect (&self.parser, POP3_REPLY_LINE);
  for (gsize at = 0; at < size; at += step)
    {
      g_byte_array_append (self.parser.lines.pending, data + at, (guint) MIN (step, size - at));
      if (!run (&self))
        break;
    }
  g_string_append_len (self.log, (const char *) self.message->data, (gssize) self.message->len);
  pop3_listing_settle (self.listing);
  g_string_append_printf (self.log, "%u", self.listing->entries->len);
  source = g_byte_array_free_to_bytes (self.message);
  pop3_digest_headers (source, &digest);
  g_free (pop3_digest_dup_message_id (source));
  pop3_listing_free (self.listing);
  pop3_capabilities_free (self.capabilities);
  pop3_parser_clear (&self.parser);
  return g_string_free (self.log, FALSE);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *whole = play (data, size, MAX (size, 1));
  g_autofree char *cut = play (data, size, 1);
  g_autofree char *odd = play (data, size, 7);

  g_assert_cmpstr (whole, ==, cut);
  g_assert_cmpstr (whole, ==, odd);
  return 0;
}
