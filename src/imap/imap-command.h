/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One IMAP command as values; rendered to bytes only when tag and abilities of the server are known. Sans-IO. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  IMAP_LITERAL_WAIT,  /* {n}, and no further byte before the server's "+" (RFC 9051 §4.3) */
  IMAP_LITERAL_MINUS, /* {n+} up to 4,096 bytes (RFC 7888), waiting above */
  IMAP_LITERAL_PLUS,  /* {n+} always */
} ImapLiteralMode;

typedef struct
{
  ImapLiteralMode literals;
  gboolean is_utf8; /* UTF8=ACCEPT or IMAP4rev2 is enabled: quoted strings and mailbox names may be UTF-8 (RFC 6855) */
} ImapDialect;

/* A piece to write; after it, where wait is set, the server's continuation has to come. */
typedef struct
{
  GBytes *bytes;
  gboolean wait;
} ImapChunk;

typedef struct _ImapCommand ImapCommand;

/* imap_command_new: @verb: as it goes on the wire, as "UID FETCH" */
ImapCommand *imap_command_new (const char *verb);
void imap_command_free (ImapCommand *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImapCommand, imap_command_free)

/* Values, in order, spaces put between by themselves. */
void imap_command_add (ImapCommand *self, const char *raw);                 /* our own words, sets, fetch items: as they are */
void imap_command_add_format (ImapCommand *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void imap_command_add_string (ImapCommand *self, const char *value);        /* anybody's words: an atom-free quoted string, or a literal */
void imap_command_add_secret (ImapCommand *self, const char *value);        /* likewise; "[secret]" in the trace, wiped when freed */
void imap_command_add_mailbox (ImapCommand *self, const char *name);        /* UTF-8, as people see it; "INBOX" in any case is INBOX */
void imap_command_add_wire_mailbox (ImapCommand *self, const char *wire);   /* the server's own spelling, sent back to the byte */
void imap_command_add_literal (ImapCommand *self, GBytes *bytes);           /* a message for APPEND */
void imap_command_add_literal8 (ImapCommand *self, GBytes *bytes);          /* one whose header is UTF-8: ~{n} (RFC 6855 §4) */
void imap_command_open (ImapCommand *self);                                 /* "(" */
void imap_command_close (ImapCommand *self);                                /* ")" */

/**
 * imap_command_render:
 *
 * Returns: (transfer full): of ImapChunk: the tag first, CRLF last. Never is there a bare CR, LF or NUL outside a literal: a string that has
 *   one becomes a literal. Where there is a secret in it, wipe the chunks' bytes when they are sent: imap_command_wipe ().
 */
GPtrArray *imap_command_render (ImapCommand *self, const char *tag, const ImapDialect *dialect);

/* imap_command_waits: whether a literal in it waits for the server: such a one cannot go out beside others (imap_session_send ()) */
gboolean imap_command_waits (ImapCommand *self, const ImapDialect *dialect);

/* imap_command_wipe: overwrites what @chunks hold, when a secret is among it */
void imap_command_wipe (ImapCommand *self, GPtrArray *chunks);

/* imap_command_to_trace: (transfer full): for the log, without tag: literals as "{n bytes}" */
char *imap_command_to_trace (ImapCommand *self, const ImapDialect *dialect);

G_END_DECLS
