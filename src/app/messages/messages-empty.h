/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an empty folder says, and what to do next. */
#pragma once

#include <adwaita.h>

#include "model-folder.h"
#include "model-message-list.h"

G_BEGIN_DECLS

typedef struct
{
  const char *icon;
  const char *title;        /* translated, like the text */
  const char *text;
  gboolean can_receive;     /* Send/Receive is what helps */
} MessagesEmpty;

/* messages_empty_describe: (nullable) folder: none is open */
MessagesEmpty messages_empty_describe (ModelFolder *folder);

/* messages_empty_describe_list: of a list that is empty because of what was looked for or which chip is pressed, else as above; %s in its
 * text stands for what was looked for */
MessagesEmpty messages_empty_describe_list (ModelFolder *folder, ModelMessageList *list);

/* messages_empty_show: says it on @page; @receive: its button */
void messages_empty_show (AdwStatusPage *page, GtkWidget *receive, ModelFolder *folder, ModelMessageList *list);

G_END_DECLS
