/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of the main window, in one table. */
#include "app-shortcuts.h"

static const struct
{
  const char *action;
  const char *keys[5];
} shortcuts[] = {
  { "app.compose", { "<Control>n" } },
  { "app.accounts", { "<Control>comma" } },
  { "app.contacts", { "<Control><Shift>b" } },
  { "app.quit", { "<Control>q" } },
  { "win.send-receive", { "F5", "F9", "<Control>m" } },
  { "win.next-pane", { "F6", "<Control>Tab" } },
  { "win.previous-pane", { "<Shift>F6", "<Control><Shift>Tab" } },
  { "win.go-inbox", { "<Control>i" } },
  { "win.go-folder", { "<Control>y" } },
  { "win.next-unread", { "<Control>bracketright", "<Alt>Down" } },
  { "win.previous-unread", { "<Control>bracketleft", "<Alt>Up" } },
  { "win.back", { "<Alt>Left" } },
  { "folder.mark-read", { "<Control><Shift>a" } },
  { "message.open", { "<Control>o" } },
  { "message.reply", { "<Control>r" } },
  { "message.reply-all", { "<Control><Shift>r" } },
  { "message.reply-list", { "<Control><Shift>l" } },
  { "message.forward", { "<Control>l" } },
  { "message.mark-read", { "<Control>k" } },
  { "message.mark-unread", { "<Control><Shift>k" } },
  { "message.toggle-flag", { "<Control>g" } },
  { "message.move-to", { "<Control><Shift>v" } },
  { "message.copy-to", { "<Control><Shift>y" } },
  { "message.junk", { "<Control>j" } },
  { "message.not-junk", { "<Control><Shift>j" } },
  { "message.archive", { "<Control><Alt>a" } },
};

void
app_shortcuts_add (GtkApplication *application)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (application, shortcuts[i].action, shortcuts[i].keys);
}

void
app_shortcuts_add_to_pane (GtkWidget *pane)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>d"), gtk_named_action_new ("message.delete")));
  gtk_widget_add_controller (pane, controller);
}

void
app_shortcuts_bind_deletion (GtkWidgetClass *klass)
{
  static const guint keys[] = { GDK_KEY_Delete, GDK_KEY_KP_Delete };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gtk_widget_class_add_binding_action (klass, keys[i], 0, "message.delete", NULL);
      gtk_widget_class_add_binding_action (klass, keys[i], GDK_SHIFT_MASK, "message.delete-for-good", NULL);
    }
  gtk_widget_class_add_binding_action (klass, GDK_KEY_z, GDK_CONTROL_MASK, "message.undo", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}
