/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says what is wrong, or what may have been forgotten, without standing in the way. */
#include "composer-bar.h"

#include "base-config.h"

#include <glib/gi18n.h>

struct _ComposerBar
{
  AdwBin parent_instance;
  ComposerHelp first;
  ComposerHelp second;

  /* the template's */
  GtkLabel *label;
  GtkButton *first_button;
  GtkButton *second_button;
};

enum
{
  SIGNAL_HELPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ComposerBar, composer_bar, ADW_TYPE_BIN)

static const char *
get_label (ComposerHelp help)
{
  switch (help)
    {
    case COMPOSER_HELP_SAVE:
    case COMPOSER_HELP_SEND:
      return _("_Try Again");
    case COMPOSER_HELP_SEND_ANYWAY:
      return _("Send _Anyway");
    case COMPOSER_HELP_HIDE_OTHERS:
      return _("Put Them into _Bcc");
    case COMPOSER_HELP_MAKE_PLAIN:
      return _("_Remove Formatting");
    case COMPOSER_HELP_MAKE_RICH:
      return _("_Undo");
    case COMPOSER_HELP_NONE:
    default:
      return "";
    }
}

static void
offer (GtkButton *button, ComposerHelp help)
{
  gtk_button_set_label (button, get_label (help));
  gtk_widget_set_visible (GTK_WIDGET (button), help != COMPOSER_HELP_NONE);
}

static void
on_clicked (ComposerBar *self, GtkButton *button)
{
  g_signal_emit (self, signals[SIGNAL_HELPED], 0, (int) (button == self->first_button ? self->first : self->second));
}

static void
composer_bar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), COMPOSER_TYPE_BAR);
  G_OBJECT_CLASS (composer_bar_parent_class)->dispose (object);
}

static void
composer_bar_class_init (ComposerBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = composer_bar_dispose;

  signals[SIGNAL_HELPED] = g_signal_new ("helped", COMPOSER_TYPE_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/composer/composer-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, ComposerBar, label);
  gtk_widget_class_bind_template_child (widget_class, ComposerBar, first_button);
  gtk_widget_class_bind_template_child (widget_class, ComposerBar, second_button);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
}

static void
composer_bar_init (ComposerBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The bin's child is not bound: gtk_widget_dispose_template () would take it away before the bin does. */
static void
reveal (ComposerBar *self, gboolean is_shown)
{
  gtk_revealer_set_reveal_child (GTK_REVEALER (adw_bin_get_child (ADW_BIN (self))), is_shown);
}

void
composer_bar_show (ComposerBar *self, const char *sentence, ComposerHelp first, ComposerHelp second)
{
  self->first = first;
  self->second = second;
  gtk_label_set_label (self->label, sentence);
  offer (self->first_button, first);
  offer (self->second_button, second);
  reveal (self, TRUE);
}

gboolean
composer_bar_is_shown (ComposerBar *self)
{
  return gtk_revealer_get_reveal_child (GTK_REVEALER (adw_bin_get_child (ADW_BIN (self))));
}

void
composer_bar_hide (ComposerBar *self, ComposerHelp help)
{
  if (self->first == help)
    reveal (self, FALSE);
}
