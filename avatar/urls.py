"""Addresses of live rooms, hosts, the control room, and what comes in from outside."""

from __future__ import annotations

from django.urls import path

from avatar.views import control, guest_page, guests, intake, media, personas, rooms, setup

app_name = "avatar"

urlpatterns = [
    path("rooms/", rooms.rooms, name="rooms"),
    path("rooms/live", rooms.live, name="live"),
    path("rooms/open", rooms.open_new, name="open_room"),
    path("rooms/hosts/", personas.personas, name="personas"),
    path("rooms/hosts/new", personas.save_new, name="save_new_persona"),
    path("rooms/hosts/consents", personas.record_consent, name="record_consent"),
    path("rooms/hosts/consents/<uuid:consent_id>/withdraw", personas.withdraw_consent, name="withdraw_consent"),
    path("rooms/hosts/choices/<slug:group>/<slug:choice>.png", media.choice_picture, name="choice_picture"),
    path("rooms/hosts/tried.jpg", media.tried_picture, name="tried_picture"),
    path("rooms/hosts/ready/<slug:name>.jpg", media.host_picture, name="host_picture"),
    path("rooms/hosts/<uuid:persona_id>", personas.persona, name="persona"),
    path("rooms/hosts/<uuid:persona_id>/save", personas.save, name="save_persona"),
    path("rooms/hosts/<uuid:persona_id>/voice", personas.keep_voice, name="keep_persona_voice"),
    path("rooms/hosts/<uuid:persona_id>/voice/forget", personas.forget_voice, name="forget_persona_voice"),
    path("rooms/hosts/<uuid:persona_id>/remove", personas.remove, name="remove_persona"),
    path("rooms/hosts/<uuid:persona_id>/picture.jpg", media.persona_picture, name="persona_picture"),
    path("rooms/outputs/<uuid:output_id>/remove", setup.remove_output, name="remove_output"),
    path("rooms/<uuid:room_id>/", setup.room, name="room"),
    path("rooms/<uuid:room_id>/change/<slug:block>", setup.change, name="change_room"),
    path("rooms/<uuid:room_id>/script", setup.save_script, name="save_script"),
    path("rooms/<uuid:room_id>/script/check", setup.check_line, name="check_line"),
    path("rooms/<uuid:room_id>/script/cues", setup.suggest_cues, name="suggest_cues"),
    path("rooms/<uuid:room_id>/script/write", setup.write_again, name="write_again"),
    path("rooms/<uuid:room_id>/script/import", setup.import_script, name="import_script"),
    path("rooms/<uuid:room_id>/outputs", setup.add_output, name="add_output"),
    path("rooms/<uuid:room_id>/background", setup.set_background, name="set_background"),
    path("rooms/<uuid:room_id>/background.jpg", media.background_picture, name="background_picture"),
    path("rooms/<uuid:room_id>/products/add", setup.add_product, name="add_product"),
    path("rooms/<uuid:room_id>/products/remove", setup.remove_product, name="remove_product"),
    path("rooms/<uuid:room_id>/products/move", setup.move_product, name="move_product"),
    path("rooms/<uuid:room_id>/products/card", setup.change_card, name="change_card"),
    path("rooms/<uuid:room_id>/secret", setup.new_secret, name="new_secret"),
    path("rooms/<uuid:room_id>/preview", setup.preview, name="preview"),
    path("rooms/<uuid:room_id>/preview.mp4", media.preview_video, name="preview_video"),
    path("rooms/<uuid:room_id>/air", rooms.go_on_air, name="go_on_air"),
    path("rooms/<uuid:room_id>/air/end", rooms.go_off_air, name="go_off_air"),
    path("rooms/<uuid:room_id>/control", control.control, name="control"),
    path("rooms/<uuid:room_id>/control/order", control.order, name="order"),
    path("rooms/<uuid:room_id>/programme/<str:name>", media.programme, name="programme"),
    path("rooms/<uuid:room_id>/guests/open", guests.open_door, name="open_guest_door"),
    path("rooms/<uuid:room_id>/listen", guests.listen, name="listen_ahead"),
    path("rooms/handshakes/<uuid:handshake_id>", guests.handshake, name="handshake"),
    path("rooms/guests/<uuid:guest_id>/air", guests.take_on_air, name="take_guest_on_air"),
    path("rooms/guests/<uuid:guest_id>/end", guests.let_go, name="let_guest_go"),
    path("live/guest/<str:token>", guest_page.page, name="guest_page"),
    path("live/guest/<str:token>/state", guest_page.state, name="guest_state"),
    path("live/guest/<str:token>/come-in", guest_page.come_in, name="guest_comes_in"),
    path("live/guest/<str:token>/offer", guest_page.offer, name="guest_offers"),
    path("live/guest/<str:token>/leave", guest_page.leave, name="guest_leaves"),
    path("live/guest/<str:token>/withdraw", guest_page.withdraw, name="guest_withdraws"),
    path("live/in/<str:token>", intake.intake, name="intake"),
    path("live/in/<str:token>/douyin", intake.douyin_intake, name="douyin_intake"),
]
