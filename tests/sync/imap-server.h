/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server that speaks IMAP4rev1 and nothing else, with two mailboxes and the bad habits that a test asks for. Plays in a TestServer's thread;
 * look at it and change it only while no client talks. */
#pragma once

#include "test-server.h"

typedef struct
{
  guint32 uid;
  char *flags;  /* as "\\Seen" */
  char *text;   /* lines ended by CRLF */
  const char *received; /* INTERNALDATE; NULL: 17-Jul-2024 02:44:25 +0000 */
} ImapServerMessage;

typedef struct
{
  GPtrArray *messages;       /* of INBOX, in order of UID */
  guint32 uidvalidity, uidnext;
  gboolean has_other;        /* a mailbox "Work", empty */
  gboolean lists_nothing;    /* LIST shows INBOX alone, whatever there is */
  gboolean sends_others;     /* with every FETCH come bodies of messages that nobody asked for, and one without UID */
  const char *abilities;     /* NULL, or "QUOTA STATUS=SIZE": half of 1 MiB is used, and every mailbox has 1,000 bytes */
  const char *alert;         /* NULL, or what it says with every SELECT */
  guint refuses_body_of;     /* UID: NO to a set that has it; 0 none */
  guint cut_in_body;         /* the n-th body that is sent breaks off in its middle; 0 none */
  gboolean leaves_out_third; /* a FETCH by number is silent about every third message */
  gboolean lies_about_length; /* the first body is longer than it was announced */

  /* what happened */
  GString *log;              /* commands without tags, a line each */
  guint n_bodies, n_headers, n_selects;
} ImapServer;

ImapServer *imap_server_new (void);
void imap_server_free (ImapServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImapServer, imap_server_free)

/* imap_server_add: @id of the Message-ID <id@example.org> */
ImapServerMessage *imap_server_add (ImapServer *self, const char *id, const char *body);

/* imap_server_renumber: another UIDVALIDITY, UIDs from @first on */
void imap_server_renumber (ImapServer *self, guint32 first);

/* imap_server_play: a TestServerFunc; data is the ImapServer */
void imap_server_play (TestTalk *talk, gpointer data);
