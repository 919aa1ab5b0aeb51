/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What mail may tell others about you: a group of rows. */
#include "preferences-privacy.h"

#include "app-names.h"
#include "base-config.h"
#include "reader-senders.h"

#include <glib/gi18n.h>

struct _PreferencesPrivacy
{
  AdwPreferencesGroup parent_instance;

  AppState *state;

  /* the template's */
  AdwActionRow *senders_row;
  GtkWidget *forget_button;
};

G_DEFINE_FINAL_TYPE (PreferencesPrivacy, preferences_privacy, ADW_TYPE_PREFERENCES_GROUP)

static void
show_senders (PreferencesPrivacy *self)
{
  guint n = reader_senders_count (self->state);
  g_autofree char *text = n ? g_strdup_printf (ngettext ("%u sender whose pictures are always loaded.", "%u senders whose pictures are always loaded.", n), n)
                            : g_strdup (_("None: every message asks first."));

  adw_action_row_set_subtitle (self->senders_row, text);
  gtk_widget_set_sensitive (self->forget_button, n > 0);
}

static void
on_forget (PreferencesPrivacy *self)
{
  reader_senders_forget_all (self->state);
  show_senders (self);
}

static void
preferences_privacy_dispose (GObject *object)
{
  g_clear_object (&PREFERENCES_PRIVACY (object)->state);
  gtk_widget_dispose_template (GTK_WIDGET (object), PREFERENCES_TYPE_PRIVACY);
  G_OBJECT_CLASS (preferences_privacy_parent_class)->dispose (object);
}

static void
preferences_privacy_class_init (PreferencesPrivacyClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = preferences_privacy_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/preferences/preferences-privacy.ui");
  gtk_widget_class_bind_template_child (widget_class, PreferencesPrivacy, senders_row);
  gtk_widget_class_bind_template_child (widget_class, PreferencesPrivacy, forget_button);
  gtk_widget_class_bind_template_callback (widget_class, on_forget);
}

static void
preferences_privacy_init (PreferencesPrivacy *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  app_names_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _("Privacy"));
}

void
preferences_privacy_set_state (PreferencesPrivacy *self, AppState *state)
{
  g_return_if_fail (PREFERENCES_IS_PRIVACY (self) && !self->state);

  self->state = g_object_ref (state);
  show_senders (self);
}
