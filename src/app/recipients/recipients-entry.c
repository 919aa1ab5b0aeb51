/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A field for recipients. */
#include "recipients-entry.h"

#include "app-flow.h"
#include "base-config.h"
#include "contacts-popover.h"
#include "mail-address.h"
#include "model-draft.h"
#include "recipients-chip.h"
#include "recipients-completion.h"

#include <glib/gi18n.h>
#include <string.h>

struct _RecipientsEntry
{
  GtkWidget parent_instance;
  char *told;               /* the addresses that were notified last */
  ModelContacts *contacts;  /* NULL: nobody is known */
  gboolean is_quiet;        /* while several things change at once */

  /* the template's */
  GtkText *text;
  RecipientsCompletion *completion;
  ContactsPopover *person;
};

enum
{
  PROP_0,
  PROP_ADDRESSES,
  PROP_LABEL,
  N_PROPS
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static GtkEditable *
get_delegate (GtkEditable *editable)
{
  return GTK_EDITABLE (RECIPIENTS_ENTRY (editable)->text);
}

static void
editable_init (GtkEditableInterface *iface)
{
  iface->get_delegate = get_delegate;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RecipientsEntry, recipients_entry, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (GTK_TYPE_EDITABLE, editable_init))

static const char *
get_typed (RecipientsEntry *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->text));
}

char *
recipients_entry_dup_addresses (RecipientsEntry *self)
{
  GString *list = g_string_new (NULL);
  g_autofree char *typed = g_strstrip (g_strdup (self->text ? get_typed (self) : ""));

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child; child = gtk_widget_get_next_sibling (child))
    if (RECIPIENTS_IS_CHIP (child))
      {
        g_autofree char *one = mail_address_to_string (recipients_chip_get_address (RECIPIENTS_CHIP (child)));

        g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", one);
      }
  if (*typed)
    g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", typed);
  return g_string_free (list, FALSE);
}

gboolean
recipients_entry_is_empty (RecipientsEntry *self)
{
  g_autofree char *addresses = recipients_entry_dup_addresses (self);

  return !*addresses;
}

char *
recipients_entry_find_problem (RecipientsEntry *self)
{
  g_autofree char *addresses = recipients_entry_dup_addresses (self);
  g_autoptr (GPtrArray) list = mail_address_list_parse (addresses);
  g_autofree char *bad = list->len == 0 && *addresses ? g_strdup (addresses) : model_draft_find_bad_address (addresses);

  return bad ? g_strdup_printf (_("“%s” is not a complete e-mail address."), bad) : NULL;
}

static void
tell (RecipientsEntry *self)
{
  g_autofree char *addresses = self->is_quiet ? NULL : recipients_entry_dup_addresses (self);

  if (!addresses || g_strcmp0 (addresses, self->told) == 0)
    return;
  g_free (self->told);
  self->told = g_steal_pointer (&addresses);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ADDRESSES]);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Chips */

static gboolean
has_chip (RecipientsEntry *self, const char *address)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child; child = gtk_widget_get_next_sibling (child))
    if (RECIPIENTS_IS_CHIP (child) && mail_address_equal (recipients_chip_get_address (RECIPIENTS_CHIP (child))->address, address))
      return TRUE;
  return FALSE;
}

static void
on_chip_removed (RecipientsEntry *self, RecipientsChip *chip)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
  gtk_widget_unparent (GTK_WIDGET (chip));
  tell (self);
}

static void
type (RecipientsEntry *self, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->text), text);
  gtk_editable_set_position (GTK_EDITABLE (self->text), -1);
}

static void commit (RecipientsEntry *self);

/* Back into text, to be mended. What was typed until then becomes a chip first. */
static void
on_chip_edited (RecipientsEntry *self, RecipientsChip *chip)
{
  g_autofree char *text = recipients_chip_dup_text (chip);

  self->is_quiet = TRUE;
  commit (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
  gtk_widget_unparent (GTK_WIDGET (chip));
  type (self, text);
  recipients_completion_hide (self->completion);
  self->is_quiet = FALSE;
  tell (self);
}

static void
on_chip_menu (RecipientsEntry *self, RecipientsChip *chip)
{
  graphene_rect_t place;

  if (!gtk_widget_compute_bounds (GTK_WIDGET (chip), GTK_WIDGET (self), &place))
    return;
  contacts_popover_set_person (self->person, self->contacts, recipients_chip_get_address (chip));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->person), &(GdkRectangle) { (int) place.origin.x, (int) place.origin.y,
                                                                            (int) place.size.width, (int) place.size.height });
  gtk_popover_popup (GTK_POPOVER (self->person));
}

/* Nobody is written to twice. */
static void
add_chip (RecipientsEntry *self, const MailAddress *address)
{
  RecipientsChip *chip;

  if (!*address->address && !*address->name)
    return;
  if (mail_address_is_valid (address->address) && has_chip (self, address->address))
    return;
  chip = recipients_chip_new (address);
  g_signal_connect_object (chip, "removed", G_CALLBACK (on_chip_removed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (chip, "edited", G_CALLBACK (on_chip_edited), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (chip, "menu", G_CALLBACK (on_chip_menu), self, G_CONNECT_SWAPPED);
  gtk_widget_insert_before (GTK_WIDGET (chip), GTK_WIDGET (self), GTK_WIDGET (self->text));
}

static void
add_list (RecipientsEntry *self, const char *text)
{
  g_autoptr (GPtrArray) list = mail_address_list_parse (text);

  for (guint i = 0; i < list->len; i++)
    add_chip (self, g_ptr_array_index (list, i));
}

/* What is typed becomes chips. */
static void
commit (RecipientsEntry *self)
{
  g_autofree char *typed = g_strstrip (g_strdup (get_typed (self)));
  gboolean was_quiet = self->is_quiet;

  recipients_completion_hide (self->completion);
  if (!*typed)
    return;
  self->is_quiet = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->text), "");
  add_list (self, typed);
  self->is_quiet = was_quiet;
  tell (self);
}

static void
choose (RecipientsEntry *self, ModelPerson *person)
{
  MailAddress one = { (char *) model_person_get_name (person), (char *) model_person_get_address (person) };

  self->is_quiet = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->text), "");
  if (model_person_get_kind (person) == MODEL_PERSON_GROUP)
    add_list (self, model_person_get_address (person));
  else
    add_chip (self, &one);
  self->is_quiet = FALSE;
  recipients_completion_hide (self->completion);
  tell (self);
}

static void
on_chosen (RecipientsEntry *self, ModelPerson *person)
{
  choose (self, person);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

/* Typing */

static void
on_text_changed (RecipientsEntry *self)
{
  if (!self->is_quiet && gtk_widget_has_focus (GTK_WIDGET (self->text)))
    recipients_completion_look_for (self->completion, get_typed (self));
  tell (self);
}

static gboolean
is_inside_quotes (const char *text)
{
  gboolean is_quoted = FALSE;

  for (; *text; text++)
    if (*text == '"')
      is_quoted = !is_quoted;
  return is_quoted;
}

static RecipientsChip *
get_last_chip (RecipientsEntry *self)
{
  GtkWidget *child = gtk_widget_get_prev_sibling (GTK_WIDGET (self->text));

  return RECIPIENTS_IS_CHIP (child) ? RECIPIENTS_CHIP (child) : NULL;
}

static gboolean
go_to_last_chip (RecipientsEntry *self)
{
  RecipientsChip *chip = get_last_chip (self);
  int start, end;

  if (!chip || gtk_editable_get_position (GTK_EDITABLE (self->text)) > 0
      || gtk_editable_get_selection_bounds (GTK_EDITABLE (self->text), &start, &end))
    return FALSE;
  return gtk_widget_grab_focus (GTK_WIDGET (chip));
}

static gboolean
take_suggestion (RecipientsEntry *self)
{
  ModelPerson *person = recipients_completion_get_selected (self->completion);

  if (!person)
    return FALSE;
  g_object_ref (person);
  choose (self, person);
  g_object_unref (person);
  return TRUE;
}

static gboolean
on_text_key (RecipientsEntry *self, guint key, guint code, GdkModifierType state)
{
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK))
    return FALSE;
  switch (key)
    {
    case GDK_KEY_Down:
      return recipients_completion_step (self->completion, 1);
    case GDK_KEY_Up:
      return recipients_completion_step (self->completion, -1);
    case GDK_KEY_Escape:
      if (!recipients_completion_get_selected (self->completion))
        return FALSE;
      recipients_completion_hide (self->completion);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      if (take_suggestion (self))
        return TRUE;
      if (!*get_typed (self))
        return FALSE;
      commit (self);
      return TRUE;
    case GDK_KEY_Tab:
      take_suggestion (self);
      return FALSE;
    case GDK_KEY_comma:
    case GDK_KEY_semicolon:
      if (!*get_typed (self) || is_inside_quotes (get_typed (self)))
        return FALSE;
      commit (self);
      return TRUE;
    case GDK_KEY_BackSpace:
      return go_to_last_chip (self);
    case GDK_KEY_Left:
      return !is_rtl && go_to_last_chip (self);
    case GDK_KEY_Right:
      return is_rtl && go_to_last_chip (self);
    default:
      return FALSE;
    }
}

/* From a chip the arrows go to its neighbours, and what is typed goes into the text. */
static gboolean
on_key (RecipientsEntry *self, guint key, guint code, GdkModifierType state)
{
  GtkWidget *chip = gtk_widget_get_focus_child (GTK_WIDGET (self));
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  GtkWidget *next;

  if (!RECIPIENTS_IS_CHIP (chip) || (key != GDK_KEY_Left && key != GDK_KEY_Right && key != GDK_KEY_Home && key != GDK_KEY_End))
    return FALSE;
  if (key == GDK_KEY_Home)
    next = gtk_widget_get_first_child (GTK_WIDGET (self));
  else if (key == GDK_KEY_End)
    next = GTK_WIDGET (self->text);
  else
    next = (key == GDK_KEY_Left) != is_rtl ? gtk_widget_get_prev_sibling (chip) : gtk_widget_get_next_sibling (chip);
  if (next && gtk_widget_grab_focus (next) && next == GTK_WIDGET (self->text))
    gtk_editable_set_position (GTK_EDITABLE (self->text), 0);
  return TRUE;
}

static void
on_text_left (RecipientsEntry *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  if (!focus || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->completion)))
    commit (self);
}

/* Pasting: a list becomes chips, anything else is text. */

static gboolean
is_list (const char *text)
{
  return strchr (text, '@') && strpbrk (text, ",;\n\r");
}

static void
on_pasted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RecipientsEntry) self = data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  int position;

  if (!text || !self->text)
    return;
  gtk_editable_delete_selection (GTK_EDITABLE (self->text));
  position = gtk_editable_get_position (GTK_EDITABLE (self->text));
  if (!is_list (text))
    {
      g_strdelimit (text, "\r\n\t", ' ');
      gtk_editable_insert_text (GTK_EDITABLE (self->text), g_strstrip (text), -1, &position);
      gtk_editable_set_position (GTK_EDITABLE (self->text), position);
      return;
    }
  g_strdelimit (text, "\r\n", ',');
  gtk_editable_insert_text (GTK_EDITABLE (self->text), text, -1, &position);
  commit (self);
}

static void
on_paste (RecipientsEntry *self)
{
  g_signal_stop_emission_by_name (self->text, "paste-clipboard");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL, on_pasted, g_object_ref (self));
}

/* A chip from another field; onto its own field it would only go away, since a drop removes it where it was. */
static gboolean
on_drop (RecipientsEntry *self, const GValue *value, double x, double y)
{
  const MailAddress *address = g_value_get_boxed (value);

  if (!address || has_chip (self, address->address))
    return FALSE;
  commit (self);
  add_chip (self, address);
  tell (self);
  return TRUE;
}

static void
on_pressed (RecipientsEntry *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

/* The object */

static void
set_addresses (RecipientsEntry *self, const char *addresses)
{
  g_autofree char *now = recipients_entry_dup_addresses (self);
  GtkWidget *child, *next;

  if (g_strcmp0 (now, addresses) == 0)
    return;
  self->is_quiet = TRUE;
  for (child = gtk_widget_get_first_child (GTK_WIDGET (self)); child; child = next)
    {
      next = gtk_widget_get_next_sibling (child);
      if (RECIPIENTS_IS_CHIP (child))
        gtk_widget_unparent (child);
    }
  gtk_editable_set_text (GTK_EDITABLE (self->text), "");
  add_list (self, addresses ? addresses : "");
  self->is_quiet = FALSE;
  tell (self);
}

static void
recipients_entry_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RecipientsEntry *self = RECIPIENTS_ENTRY (object);

  if (prop_id == PROP_ADDRESSES)
    g_value_take_string (value, recipients_entry_dup_addresses (self));
  else if (!gtk_editable_delegate_get_property (object, prop_id, value, pspec))
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
recipients_entry_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  RecipientsEntry *self = RECIPIENTS_ENTRY (object);

  if (prop_id == PROP_ADDRESSES)
    set_addresses (self, g_value_get_string (value));
  else if (prop_id == PROP_LABEL)
    {
      const char *label = g_value_get_string (value);

      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
    }
  else if (!gtk_editable_delegate_set_property (object, prop_id, value, pspec))
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static gboolean
recipients_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RECIPIENTS_ENTRY (widget)->text));
}

static void
recipients_entry_dispose (GObject *object)
{
  RecipientsEntry *self = RECIPIENTS_ENTRY (object);
  GtkWidget *child;

  if (self->text)
    {
      recipients_completion_hide (self->completion);
      gtk_editable_finish_delegate (GTK_EDITABLE (self));
    }
  self->is_quiet = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), RECIPIENTS_TYPE_ENTRY);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  g_clear_pointer (&self->told, g_free);
  g_clear_object (&self->contacts);
  G_OBJECT_CLASS (recipients_entry_parent_class)->dispose (object);
}

static void
recipients_entry_class_init (RecipientsEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = recipients_entry_get_property;
  object_class->set_property = recipients_entry_set_property;
  object_class->dispose = recipients_entry_dispose;
  widget_class->grab_focus = recipients_entry_grab_focus;

  props[PROP_ADDRESSES] = g_param_spec_string ("addresses", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_editable_install_properties (object_class, N_PROPS);
  signals[SIGNAL_CHANGED] = g_signal_new ("recipients-changed", RECIPIENTS_TYPE_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (CONTACTS_TYPE_POPOVER);
  g_type_ensure (RECIPIENTS_TYPE_COMPLETION);
  gtk_widget_class_set_css_name (widget_class, "entry");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, APP_TYPE_FLOW);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/recipients/recipients-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, RecipientsEntry, text);
  gtk_widget_class_bind_template_child (widget_class, RecipientsEntry, completion);
  gtk_widget_class_bind_template_child (widget_class, RecipientsEntry, person);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
  gtk_widget_class_bind_template_callback (widget_class, on_paste);
  gtk_widget_class_bind_template_callback (widget_class, on_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_text_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_text_key);
  gtk_widget_class_bind_template_callback (widget_class, on_text_left);
}

static void
recipients_entry_init (RecipientsEntry *self)
{
  GtkDropTarget *target = gtk_drop_target_new (MAIL_TYPE_ADDRESS, GDK_ACTION_MOVE);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_editable_init_delegate (GTK_EDITABLE (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "recipients");
  g_signal_connect_swapped (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

void
recipients_entry_set_contacts (RecipientsEntry *self, ModelContacts *contacts)
{
  g_set_object (&self->contacts, contacts);
  recipients_completion_set_contacts (self->completion, contacts);
}
