/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which messages an action is meant for: those selected in the list, or the one of a window. Main thread. */
#pragma once

#include "mail-summary.h"
#include "messages-view.h"
#include "model-folder-tree.h"

G_BEGIN_DECLS

typedef struct
{
  GtkWidget *widget;   /* (nullable): weak: the view, or the window */
  MessagesView *view;  /* (nullable): weak: %NULL: one message is meant, and always that */
  gint64 one;          /* 0 as long as it is not known */
  gint64 folder;
  MailFlags flags;
} MessagesChoice;

void messages_choice_init (MessagesChoice *self, GtkWidget *widget, MessagesView *view); /* (nullable) view */
void messages_choice_clear (MessagesChoice *self);
void messages_choice_set_one (MessagesChoice *self, MailSummary *summary);
void messages_choice_mark (MessagesChoice *self, MailFlags add, MailFlags remove); /* the one message has been */

/* messages_choice_dup_ids: (transfer full): of gint64, with what the rows stand for; messages_choice_dup_rows: without */
GArray *messages_choice_dup_ids (const MessagesChoice *self);
GArray *messages_choice_dup_rows (const MessagesChoice *self);
guint messages_choice_count (const MessagesChoice *self); /* rows */

/* messages_choice_get_folder: (nullable): that is open, or that the message is in */
ModelFolder *messages_choice_get_folder (const MessagesChoice *self, ModelFolderTree *tree);

/* messages_choice_get_first: %FALSE when there is none */
gboolean messages_choice_get_first (const MessagesChoice *self, gint64 *folder, MailFlags *flags);

G_END_DECLS
