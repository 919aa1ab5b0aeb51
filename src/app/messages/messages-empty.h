/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an empty folder says, and what to do next. Pure. */
#pragma once

#include "model-folder.h"

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

G_END_DECLS
