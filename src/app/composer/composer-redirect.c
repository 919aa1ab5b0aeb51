/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small dialog with one field: who gets the message next. */
#include "composer-redirect.h"

#include "base-config.h"
#include "mail-address.h"
#include "model-draft.h"
#include "setup-field.h"

#include <glib/gi18n.h>

struct _ComposerRedirect
{
  AdwWindow parent_instance;

  /* the template's */
  GtkWidget *to_row;
  GtkLabel *problem_label;
  GtkWidget *accept_button;
};

enum
{
  SIGNAL_ACCEPTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ComposerRedirect, composer_redirect, ADW_TYPE_WINDOW)

static void
on_edited (ComposerRedirect *self)
{
  setup_field_clear_problem (self->to_row, self->problem_label);
}

static void
on_accepted (ComposerRedirect *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->to_row));
  g_autoptr (GPtrArray) list = mail_address_list_parse (text);
  g_autofree char *bad = model_draft_find_bad_address (text);
  g_autofree char *sentence = bad ? g_strdup_printf (_("“%s” is not a complete e-mail address."), bad) : NULL;

  if (bad || list->len == 0)
    {
      setup_field_set_problem (self->to_row, self->problem_label,
                               sentence ? sentence : _("Say who the message goes to, as ana@example.org."));
      gtk_widget_grab_focus (self->to_row);
      return;
    }
  gtk_widget_set_sensitive (self->accept_button, FALSE);
  g_signal_emit (self, signals[SIGNAL_ACCEPTED], 0, text);
}

static void
composer_redirect_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), COMPOSER_TYPE_REDIRECT);
  G_OBJECT_CLASS (composer_redirect_parent_class)->dispose (object);
}

static void
composer_redirect_class_init (ComposerRedirectClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = composer_redirect_dispose;

  signals[SIGNAL_ACCEPTED] = g_signal_new ("accepted", COMPOSER_TYPE_REDIRECT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/composer/composer-redirect.ui");
  gtk_widget_class_bind_template_child (widget_class, ComposerRedirect, to_row);
  gtk_widget_class_bind_template_child (widget_class, ComposerRedirect, problem_label);
  gtk_widget_class_bind_template_child (widget_class, ComposerRedirect, accept_button);
  gtk_widget_class_bind_template_callback (widget_class, on_accepted);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
composer_redirect_init (ComposerRedirect *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

ComposerRedirect *
composer_redirect_new (GtkWindow *parent)
{
  return g_object_new (COMPOSER_TYPE_REDIRECT, "transient-for", parent, NULL);
}

void
composer_redirect_end (ComposerRedirect *self, const char *sentence)
{
  if (!self->to_row)
    return; /* closed meanwhile */
  if (!sentence)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  setup_field_set_problem (self->to_row, self->problem_label, sentence);
  gtk_widget_set_sensitive (self->accept_button, TRUE);
}
