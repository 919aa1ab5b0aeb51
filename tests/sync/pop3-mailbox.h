/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A POP3 server with a mailbox of its own and with every bad habit that a test asks for. Plays in a TestServer's thread; look at it and
 * change it only while no client talks. */
#pragma once

#include "test-server.h"

typedef struct
{
  char *uidl;
  char *text;         /* lines ended by CRLF */
  gint64 list_size;   /* what LIST says; -1: the truth */
  gboolean is_marked;
  gboolean is_refused; /* -ERR to RETR */
} Pop3MailboxMessage;

typedef enum
{
  POP3_QUIT_WELL,
  POP3_QUIT_REFUSED,     /* -ERR, and nothing is deleted */
  POP3_QUIT_CUT_BEFORE,  /* the line breaks, nothing is deleted */
  POP3_QUIT_CUT_AFTER,   /* everything marked is deleted, and the line breaks before the answer */
} Pop3QuitMood;

typedef struct
{
  GPtrArray *messages;        /* of Pop3MailboxMessage */
  gboolean has_capa, has_uidl, has_top, has_list, pipelines;
  gboolean lists_backwards;
  gboolean lists_nonsense;    /* some lines that are none */
  gboolean top_is_refused;    /* announced, and refused all the same */
  gboolean writes_status;     /* adds a Status header to what was read once */
  gboolean forgets_uidl_of_last; /* UIDL leaves the last message out */
  const char *pass_refusal;   /* (nullable): -ERR to PASS */
  Pop3QuitMood quit;
  guint cut_in_retr;          /* the n-th RETR breaks off in its middle; 0 none */
  guint no_dot_after;         /* the n-th RETR lacks its final dot, and the server closes in order; 0 none */

  /* Kills a process at the n-th step: each command received is one, each answer half sent and sent another one. */
  guint kill_at_step;
  gint kill_pid;
  guint n_steps;

  char *database;             /* (nullable): where every message must be whole before DELE */

  /* what happened */
  GString *log;               /* commands, a line each */
  guint n_retr, n_top, n_dele, n_deleted;
} Pop3Mailbox;

Pop3Mailbox *pop3_mailbox_new (void); /* an honest server */
void pop3_mailbox_free (Pop3Mailbox *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pop3Mailbox, pop3_mailbox_free)

/* pop3_mailbox_add: @id: (nullable): of the Message-ID "<id@example.org>"; without, the message has nothing that is unique but @body */
Pop3MailboxMessage *pop3_mailbox_add (Pop3Mailbox *self, const char *uidl, const char *id, const char *body);

/* pop3_mailbox_fill: @n messages "u1"… "m1"… of various sizes, some with lines that begin with dots */
void pop3_mailbox_fill (Pop3Mailbox *self, guint n);

Pop3MailboxMessage *pop3_mailbox_get (Pop3Mailbox *self, guint index);
void pop3_mailbox_remove (Pop3Mailbox *self, guint index);

/* pop3_mailbox_reset_counts: n_retr, n_top, n_dele, n_deleted, n_steps and the log */
void pop3_mailbox_reset_counts (Pop3Mailbox *self);

void pop3_mailbox_serve (TestTalk *talk, gpointer mailbox); /* a TestServerFunc */
