/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules in their order, and which messages they have not looked at.
 *
 * A message is looked at once: a mark, moved in the transaction of what was done with it, says up to which message all had their turn. One whose
 * text a rule needs before it is here waits in a row of its own, with the rule it has come to. */
#pragma once

#include "mail-rule.h"
#include "store.h"

G_BEGIN_DECLS

/* store_rules_list: (transfer full): of MailRule, in order; those of a newer version that we do not understand are left out, and kept */
GPtrArray *store_rules_list (StoreDatabase *database, GError **error);

/* store_rules_save: the id, or -1; a new one becomes the last. The first rule of all begins with what comes after it. */
gint64 store_rules_save (StoreDatabase *database, const MailRule *rule, GError **error);
gboolean store_rules_delete (StoreDatabase *database, gint64 id, GError **error);

/* store_rules_move: before the one that stood above it, or (@is_down) behind the one below */
gboolean store_rules_move (StoreDatabase *database, gint64 id, gboolean is_down, GError **error);

/* store_rules_are_wanted: whether any is enabled; short */
gboolean store_rules_are_wanted (StoreDatabase *database, gboolean *are_wanted, GError **error);

/* store_rules_have_turns: whether there is anything for store_rules_next (); short */
gboolean store_rules_have_turns (StoreDatabase *database, gboolean *have_turns, GError **error);

typedef struct
{
  gint64 message;
  gint64 rule;   /* the one to go on with, 0: the first */
} StoreRuleTurn;

/**
 * store_rules_next:
 * @limit: messages
 * @turns: (out callee-allocates) (transfer full): of StoreRuleTurn: those that wait and can go on, then what came into an Inbox, of an IMAP
 *   server's only what is unread
 * @mark: (out): what the mark will be when they had their turn
 *
 * In the transaction in which the turns are taken.
 */
gboolean store_rules_next (StoreDatabase *database, guint limit, GArray **turns, gint64 *mark, GError **error);
gboolean store_rules_set_mark (StoreDatabase *database, gint64 mark, GError **error);

/* store_rules_wait: until the message is whole; store_rules_stop_waiting: its turn has come */
gboolean store_rules_wait (StoreDatabase *database, gint64 message, gint64 rule, GError **error);
gboolean store_rules_stop_waiting (StoreDatabase *database, gint64 message, GError **error);

/* store_rules_get_newest: the highest id that a message ever had; -1 with @error
 * store_rules_list_newer: (transfer full): of gint64: the messages with higher ones than @newest, in order */
gint64 store_rules_get_newest (StoreDatabase *database, GError **error);
GArray *store_rules_list_newer (StoreDatabase *database, gint64 newest, GError **error);

/* store_rules_may_reply: whether @address was not answered by @rule since @since; then it is noted as answered @now */
gboolean store_rules_may_reply (StoreDatabase *database, gint64 rule, const char *address, gint64 since, gint64 now, gboolean *may_reply,
                                GError **error);

G_END_DECLS
