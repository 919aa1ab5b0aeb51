/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small dialog with one field: who gets the message next. */
#include "composer-redirect.h"

#include "base-config.h"
#include "recipients-entry.h"
#include "setup-field.h"

#include <glib/gi18n.h>

struct _ComposerRedirect
{
  AdwWindow parent_instance;

  /* the template's */
  RecipientsEntry *to_entry;
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
set_problem (ComposerRedirect *self, const char *sentence)
{
  setup_field_set_problem (GTK_WIDGET (self->to_entry), self->problem_label, sentence);
}

static void
on_edited (ComposerRedirect *self)
{
  setup_field_clear_problem (GTK_WIDGET (self->to_entry), self->problem_label);
}

static void
on_accepted (ComposerRedirect *self)
{
  g_autofree char *to = recipients_entry_dup_addresses (self->to_entry);
  g_autofree char *sentence = recipients_entry_find_problem (self->to_entry);

  if (sentence || !*to)
    {
      set_problem (self, sentence ? sentence : _("Say who the message goes to, as ana@example.org."));
      return;
    }
  gtk_widget_set_sensitive (self->accept_button, FALSE);
  g_signal_emit (self, signals[SIGNAL_ACCEPTED], 0, to);
}

/* Before the window is shown, the focus would go to its first button all the same. */
static void
composer_redirect_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (composer_redirect_parent_class)->map (widget);
  gtk_widget_grab_focus (GTK_WIDGET (COMPOSER_REDIRECT (widget)->to_entry));
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
  widget_class->map = composer_redirect_map;

  signals[SIGNAL_ACCEPTED] = g_signal_new ("accepted", COMPOSER_TYPE_REDIRECT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (RECIPIENTS_TYPE_ENTRY);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/composer/composer-redirect.ui");
  gtk_widget_class_bind_template_child (widget_class, ComposerRedirect, to_entry);
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
  /* Return makes a chip of what is typed; where nothing is, it redirects */
  gtk_text_set_activates_default (GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (self->to_entry))), TRUE);
}

ComposerRedirect *
composer_redirect_new (GtkWindow *parent, ModelContacts *contacts)
{
  ComposerRedirect *self = g_object_new (COMPOSER_TYPE_REDIRECT, "transient-for", parent, "destroy-with-parent", TRUE, NULL);

  recipients_entry_set_contacts (self->to_entry, contacts);
  return self;
}

void
composer_redirect_end (ComposerRedirect *self, const char *sentence)
{
  if (!self->to_entry)
    return; /* closed meanwhile */
  if (!sentence)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  set_problem (self, sentence);
  gtk_widget_set_sensitive (self->accept_button, TRUE);
}
