/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one bar under the composer's header bar: a sentence, and up to two buttons that help. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define COMPOSER_TYPE_BAR (composer_bar_get_type ())
G_DECLARE_FINAL_TYPE (ComposerBar, composer_bar, COMPOSER, BAR, AdwBin)

/* What a button does. */
typedef enum
{
  COMPOSER_HELP_NONE,
  COMPOSER_HELP_SAVE,         /* try to save again */
  COMPOSER_HELP_SEND,         /* try to send again */
  COMPOSER_HELP_SEND_ANYWAY,
  COMPOSER_HELP_HIDE_OTHERS,  /* visible recipients to Bcc */
  COMPOSER_HELP_MAKE_PLAIN,   /* formatting goes */
  COMPOSER_HELP_MAKE_RICH,    /* and comes back */
} ComposerHelp;

/* Signal "helped" (int ComposerHelp): a button was pressed. */

void composer_bar_show (ComposerBar *self, const char *sentence, ComposerHelp first, ComposerHelp second);

gboolean composer_bar_is_shown (ComposerBar *self);

/* composer_bar_hide: when @help is the first that it offers */
void composer_bar_hide (ComposerBar *self, ComposerHelp help);

G_END_DECLS
